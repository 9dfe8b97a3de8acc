/* What moves, or would move when it changes. */
() => {
  const lasts = (times) => times.split(",").some((time) => parseFloat(time) > 0.001);
  const faults = document.getAnimations().map((each) => `${each.constructor.name} runs`);
  for (const element of document.querySelectorAll("*")) {
    for (const pseudo of [undefined, "::before", "::after"]) {
      const style = getComputedStyle(element, pseudo);
      const moves = style.animationName !== "none" && lasts(style.animationDuration);
      const glides =
        style.transitionProperty !== "none" && lasts(style.transitionDuration);
      if (moves || glides || style.scrollBehavior === "smooth") {
        faults.push(`${element.localName}.${element.getAttribute("class")} ${pseudo ?? ""}`);
      }
    }
  }
  return faults;
}
