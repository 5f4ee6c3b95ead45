"""Words for the steps of a facility, and the events that they tell of."""
