/* Where the focus is and how it shows; null when it is nowhere. */
() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;

  const parse = (colour) => {
    const [red, green, blue, alpha = 1] = colour.match(/[\d.]+/g).map(Number);
    return { rgb: [red, green, blue], alpha };
  };
  const luminance = (colour) => {
    const [red, green, blue] = parse(colour).rgb.map((each) => {
      const share = each / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (one, other) => {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const backgroundOf = (each) => {
    for (; each; each = each.parentElement) {
      const colour = getComputedStyle(each).backgroundColor;
      if (parse(colour).alpha > 0.9) return colour;
    }
    return "rgb(255, 255, 255)";
  };

  // The ring is the element's own, or drawn by the box that is stretched over a row.
  const styles = [undefined, "::before", "::after"].map((pseudo) =>
    getComputedStyle(element, pseudo),
  );
  const colours = styles.flatMap((style) => {
    const width = style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth);
    const shadow = style.boxShadow.match(/rgba?\([^)]*\)/g) ?? [];
    return [...(width >= 2 ? [style.outlineColor] : []), ...shadow];
  });
  const background = backgroundOf(element.parentElement);

  const seen = [...element.getClientRects()].some((rect) => {
    const x = rect.left + rect.width / 2;
    // Of what is taller than the window, the middle of what is in it; so too of a text
    // area, of which the browser brings the line that is written on into view.
    const isTall = rect.height > innerHeight || element.localName === "textarea";
    const upper = isTall ? Math.max(rect.top, 0) : rect.top;
    const lower = isTall ? Math.min(rect.bottom, innerHeight) : rect.bottom;
    const y = (upper + lower) / 2;
    const top = document.elementFromPoint(x, y);
    return top && (element.contains(top) || top.contains(element));
  });

  const text = element.textContent.trim().slice(0, 30);
  return {
    name: `${element.localName}.${element.className} "${text}"`,
    stop: window.tabStops?.indexOf(element),
    skipLink: element.matches(".skip-link"),
    inMain: element.closest("main") !== null,
    isDate: element.type === "date",
    isMain: element.localName === "main",
    ring: Math.max(0, ...colours.map((colour) => contrast(colour, background))),
    seen,
  };
}
