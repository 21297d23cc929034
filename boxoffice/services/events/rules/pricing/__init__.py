"""What an order costs: from list prices, vouchers, discounts, fees and taxes to its total.

All amounts are integer minor units of one currency: yen, euros and dinars follow the same rules.
The order of application:

1. the list price of each unit;
2. vouchers, in the order given; a unit takes at most one;
3. automatic discounts, in the organizer's order; a unit takes part in at most one, and in none if
   it took a voucher, unless the discount says so;
4. fees, on what the tickets then cost;
5. taxes, rounded as the event says.
"""
