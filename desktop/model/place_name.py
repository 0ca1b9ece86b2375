"""Where something is, in words."""

from __future__ import annotations

from desktop.model.finding import item_number
from desktop.model.plan import Plan


def place_name(address: str, plan: Plan) -> str:
    """The name of the data element or item at an address; the address itself where the plan has none."""
    number = item_number(address)
    if number is not None and plan.has_item(number):
        return f"事项{number}：{plan.item(number).title}"
    return plan.element(address).name if plan.has_element(address) else address
