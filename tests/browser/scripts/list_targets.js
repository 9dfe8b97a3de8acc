/* Keep everything that Tab should reach, in document order; give how many there are. */
() => {
  const CANDIDATES = "a[href], button, input, select, summary, textarea, [tabindex]";
  window.tabStops = [...document.querySelectorAll(CANDIDATES)].filter(
    (each) =>
      each.tabIndex >= 0 &&
      !each.disabled &&
      each.checkVisibility({ visibilityProperty: true }),
  );
  return window.tabStops.length;
}
