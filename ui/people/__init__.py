"""Who works here: choosing at opening, handing over, units served by one person."""
