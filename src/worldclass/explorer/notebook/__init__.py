"""Results in a notebook: a live chart and the table, without a request to another host.

A result's HTML holds a static picture (for those who do not run scripts, and for saved notebooks
that are not trusted), the table, and the chart's specification, compressed. The charts' libraries
come with the first result only: scripts of one page see each other.
"""
