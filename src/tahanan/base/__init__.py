"""Clock, ids, errors, names: nothing that knows the field."""
