"""The foods of FNDDS under the names that people say, and what their portions weigh.

`names` reads how a row may be named, `match` finds the rows by words in any order, `verbatim` by
their full names, and `ranking` tells which fits best. `portions` reads measures, and `entries`
joins a row with the everyday food that it stands for.
"""
