/* What is wrong with how the text of the page lies: cut off, beside the page, on top of
   other text. One sentence for each fault. */
() => {
  const NOT_SEEN = ".visually-hidden, .skip-link, select, script, style, template";
  const GLYPHS = 0.2; // the share of a line's box, above and below, without ink

  const named = (element) =>
    element.localName + (element.classList.length ? `.${element.classList[0]}` : "");
  // Words for screen readers only are clipped to nothing.
  const clipped = (element) =>
    element &&
    (getComputedStyle(element).clipPath === "inset(50%)" || clipped(element.parentElement));
  const visible = (element) =>
    element.checkVisibility({ visibilityProperty: true }) && !clipped(element);

  const lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!node.data.trim() || parent.closest(NOT_SEEN) || !visible(parent)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const rect of range.getClientRects()) {
      if (rect.width > 1 && rect.height > 1) {
        const ink = rect.height * GLYPHS;
        const { left, right } = rect;
        const box = { left, right, top: rect.top + ink, bottom: rect.bottom - ink };
        lines.push({ text: node.data.trim().slice(0, 40), parent, box });
      }
    }
  }

  const faults = new Set();
  for (const { text, parent, box } of lines) {
    let [sideways, upright] = [true, true];
    for (let each = parent; each !== document.body; each = each.parentElement) {
      const style = getComputedStyle(each);
      const edge = each.getBoundingClientRect();
      const cutsAcross = ["hidden", "clip"].includes(style.overflowX) && sideways;
      const cutsDown = ["hidden", "clip"].includes(style.overflowY) && upright;
      const across = box.left < edge.left - 1 || box.right > edge.right + 1;
      const down = box.top < edge.top - 1 || box.bottom > edge.bottom + 1;
      if (cutsAcross && across) faults.add(`"${text}" is cut sideways by ${named(each)}`);
      if (cutsDown && down) faults.add(`"${text}" is cut by ${named(each)}`);
      // What scrolls on its own is never cut further out.
      if (["auto", "scroll"].includes(style.overflowX)) sideways = false;
      if (["auto", "scroll"].includes(style.overflowY)) upright = false;
    }
    if (sideways && (box.left < -1 || box.right > innerWidth + 1)) {
      faults.add(`"${text}" in ${named(parent)} is outside the page`);
    }
  }

  const blockOf = (element) => {
    while (getComputedStyle(element).display.startsWith("inline")) {
      element = element.parentElement;
    }
    return element;
  };
  for (const line of lines) line.block = blockOf(line.parent);
  lines.sort((a, b) => a.box.top - b.box.top);
  lines.forEach((a, index) => {
    for (const b of lines.slice(index + 1)) {
      if (b.box.top > a.box.bottom) break;
      const width = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
      const height = Math.min(a.box.bottom, b.box.bottom) - b.box.top;
      if (a.block !== b.block && width > 2 && height > 2) {
        faults.add(`"${a.text}" and "${b.text}" are on top of each other`);
      }
    }
  });

  const page = document.documentElement;
  if (page.scrollWidth > page.clientWidth) {
    faults.add(`the page is ${page.scrollWidth - page.clientWidth} px too wide`);
  }
  for (const each of document.querySelectorAll("body *")) {
    const scrolls = ["auto", "scroll"].includes(getComputedStyle(each).overflowX);
    if (!scrolls || each.scrollWidth <= each.clientWidth || !visible(each)) continue;
    const name = each.ariaLabel || each.getAttribute("aria-labelledby");
    if (each.tabIndex < 0 || !each.role || !name) {
      faults.add(`${named(each)} scrolls, but has no name, role or tabindex`);
    }
  }
  return [...faults];
}
