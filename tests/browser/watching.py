"""Sees what a page runs that it must not, and what its policy had to stop."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Dialog, Page, Route

#: Before any script of the page: `x` is a trap, so are the three dialogs, and the policy's
#: refusals are told.
_TRAPS = """
(() => {
  const tell = (kind, what) => window.__tell(kind, String(what).slice(0, 300));
  Object.defineProperty(window, "x", {
    configurable: false,
    get() { tell("ran", "x"); return () => tell("ran", "x()"); },
    set() { tell("ran", "x="); },
  });
  for (const name of ["alert", "confirm", "prompt", "print"])
    window[name] = () => { tell("ran", name); };
  document.addEventListener("securitypolicyviolation", (event) =>
    tell("report", `${event.effectiveDirective} ${event.blockedURI} ${event.sample}`));
})();
"""
#: All that a reader might do to what somebody wrote, to everything at once.
_TOUCH = """
() => {
  const kinds = ["mouseover", "mouseenter", "pointerenter", "pointerrawupdate", "focus", "focusin",
    "blur", "toggle", "animationstart", "transitionend", "input", "keydown", "wheel", "copy",
    "scroll", "auxclick", "load", "error", "begin", "start", "loadstart", "pageshow", "cut"];
  let links = 0;
  for (const one of document.querySelectorAll("body, body *")) {
    for (const kind of kinds) if (one["on" + kind] || one.hasAttribute("on" + kind))
      one.dispatchEvent(new Event(kind));
    if (one.onclick || one.hasAttribute("onclick")) one.dispatchEvent(new Event("click"));
    for (const name of ["href", "src", "action", "formaction", "data", "xlink:href", "srcdoc"]) {
      const to = one.getAttribute(name);
      if (to === null) continue;
      const kind = (name === "srcdoc") ? "srcdoc:" : new URL(to, document.baseURI).protocol;
      if (!["http:", "https:", "mailto:", "tel:"].includes(kind)) links += 1;
    }
  }
  return links;
}
"""


@dataclass
class Watched:
    """A page with traps in it, and what was caught."""

    page: Page
    base: str
    ran: list[str] = field(default_factory=list)
    reports: list[str] = field(default_factory=list)
    #: Requests to other hosts, which were cut off.
    strangers: list[str] = field(default_factory=list)
    links: int = 0

    def look(self, path: str) -> None:
        """Open a page and touch everything on it."""
        self.page.goto(self.base + path, wait_until="load")
        self.touch()
        if self.page.url != self.base + path and urlsplit(self.page.url).path != path.split("?")[0]:
            self.ran.append(f"{path} went to {self.page.url}")

    def touch(self) -> None:
        self.links += self.page.evaluate(_TOUCH)
        # Images that fail, frames that load.
        self.page.wait_for_timeout(20)


def watch(context: BrowserContext, base: str) -> Watched:
    found = Watched(context.new_page(), base)

    def told(source: object, kind: str, what: str) -> None:
        (found.ran if kind == "ran" else found.reports).append(f"{found.page.url}: {what}")

    def dialog(given: Dialog) -> None:
        found.ran.append(f"a dialog: {given.message}")
        given.dismiss()

    def stranger(given: Route) -> None:
        found.strangers.append(given.request.url[:200])
        given.abort()

    context.expose_binding("__tell", told)
    context.add_init_script(_TRAPS)
    # Only these are handed to us: the house's own are many, and each would wait for an answer.
    context.route(re.compile(rf"^(?!{re.escape(base)}/|data:|blob:)"), stranger)
    found.page.on("dialog", dialog)
    return found
