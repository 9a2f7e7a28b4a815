"""What the data file of industry classes says of the world."""

from worldclass.flows.labour.classes import RENTS, distinct, industry_classes


def test_construction_holds_fewer_women_than_any_manufacturing_and_clothing_most() -> None:
    classes = industry_classes()
    made = {name: one.women for name, one in classes.items() if one.group == "manufacturing"}
    assert classes["construction"].women < min(made.values())
    assert max(made, key=lambda name: made[name]) == "clothing"


def test_services_of_care_hold_more_women_than_transport() -> None:
    classes = industry_classes()
    care = [classes[name].women for name in ("education", "health", "households")]
    assert min(care) > 0.6 > 0.2 > classes["land_transport"].women


def test_every_share_of_women_has_a_source_and_says_how_it_came_here() -> None:
    for one in industry_classes().values():
        assert one.women_source and one.hours_source
        assert one.women_low < one.women < one.women_high


def test_rents_are_the_value_added_with_the_least_pay() -> None:
    shares = {name: one.labour_share for name, one in industry_classes().items()}
    assert min(shares, key=lambda name: shares[name]) == RENTS


def test_each_class_is_taken_once_in_order() -> None:
    classes = industry_classes()
    food, mining = classes["food"], classes["mining"]
    held, place = distinct([food, mining, food])
    assert held == [food, mining]
    assert place.tolist() == [0, 1, 0]
