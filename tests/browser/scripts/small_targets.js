/* Targets under 24 by 24 px that are neither part of a sentence nor spaced (2.5.8), and
   primary ones under 44 px. */
() => {
  const TARGETS = "a[href], button, input:not([type=hidden]), select, summary, textarea";
  const PRIMARY =
    ".button, .input, summary, .home, .nav__link, .pagination__page, .chosen-filters__link";

  const named = (element) => {
    const text = element.textContent.trim().slice(0, 30);
    return `${element.localName}.${element.className} "${text}"`;
  };

  // A link's ::after may be stretched over the nearest positioned box.
  const area = (element) => {
    const after = getComputedStyle(element, "::after");
    let box = element;
    if (after.content !== "none" && after.position === "absolute") {
      while (getComputedStyle(box).position === "static") box = box.parentElement;
    }
    return box.getBoundingClientRect();
  };

  const inSentence = (element) => {
    if (getComputedStyle(element).display !== "inline") return false;
    let block = element.parentElement;
    while (getComputedStyle(block).display === "inline") block = block.parentElement;
    return block.textContent.trim().length > element.textContent.trim().length;
  };

  const targets = [...document.querySelectorAll(TARGETS)]
    .filter((each) => each.checkVisibility({ visibilityProperty: true }))
    .filter((each) => !each.matches(".skip-link"))
    .map((element) => ({ element, box: area(element) }));
  const small = ({ box }) => box.width < 23.5 || box.height < 23.5;
  const middle = ({ box }) => [box.left + box.width / 2, box.top + box.height / 2];

  const crowded = (one) => targets.some((other) => {
    if (other === one) return false;
    const [x, y] = middle(one);
    if (small(other)) {
      const [otherX, otherY] = middle(other);
      return Math.hypot(x - otherX, y - otherY) < 24;
    }
    const across = Math.max(other.box.left - x, 0, x - other.box.right);
    const down = Math.max(other.box.top - y, 0, y - other.box.bottom);
    return Math.hypot(across, down) < 12;
  });

  const faults = [];
  for (const target of targets) {
    const { element, box } = target;
    const size = `${Math.round(box.width)} x ${Math.round(box.height)} px`;
    if (small(target) && !inSentence(element) && crowded(target)) {
      faults.push(`${named(element)} is ${size} and close to another`);
    }
    if (element.matches(PRIMARY) && Math.min(box.width, box.height) < 43.5) {
      faults.push(`${named(element)} is primary, but ${size}`);
    }
  }
  return faults;
}
