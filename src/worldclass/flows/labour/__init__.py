"""Labour accounts of an input-output table: hours, persons and pay by industry and sex."""
