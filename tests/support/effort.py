"""How much work a purchase is for the buyer, counted in the browser from what people do."""

from typing import Any

from playwright.async_api import BrowserContext

_COUNT = """
(() => {
  const isText = (at) =>
    at instanceof HTMLTextAreaElement ||
    (at instanceof HTMLInputElement && !['radio', 'checkbox', 'submit'].includes(at.type));
  const nameOf = (at) => at.name || at.id || at.textContent.trim();
  addEventListener('pointerdown', (press) => {
    if (press.isTrusted && !isText(press.target)) countEffort('press', nameOf(press.target));
  }, true);
  addEventListener('keydown', (press) => {
    if (press.isTrusted && press.key === 'Enter') countEffort('press', nameOf(press.target));
  }, true);
  addEventListener('input', (typed) => {
    if (isText(typed.target)) countEffort('type', nameOf(typed.target));
  }, true);
})();
"""


class Effort:
    """`activations` are presses of a pointer or of Enter, `fields` what was typed into."""

    def __init__(self) -> None:
        self.activations: list[str] = []
        self.fields: set[str] = set()

    @classmethod
    async def of(cls, context: BrowserContext) -> "Effort":
        """Count from the next page on."""
        effort = cls()
        await context.expose_function("countEffort", effort.count)
        await context.add_init_script(_COUNT)
        return effort

    def count(self, kind: str, name: Any) -> None:
        """What the page reports."""
        if kind == "press":
            self.activations.append(str(name))
        else:
            self.fields.add(str(name))
