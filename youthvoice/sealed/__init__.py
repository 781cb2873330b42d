"""Who asked without a name, sealed for two people to open one after the other."""
