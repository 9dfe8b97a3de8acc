/* Keep everything that Tab should reach, in document order; give how many there are. */
() => {
  // Radio buttons of one name are one stop: the chosen one, or else the first.
  const isStop = (each) => {
    if (each.type !== "radio") return true;
    const group = document.getElementsByName(each.name);
    return each === ([...group].find((radio) => radio.checked) ?? group[0]);
  };
  const CANDIDATES = "a[href], button, input, select, summary, textarea, [tabindex]";
  window.tabStops = [...document.querySelectorAll(CANDIDATES)].filter(
    (each) =>
      each.tabIndex >= 0 &&
      !each.disabled &&
      isStop(each) &&
      each.checkVisibility({ visibilityProperty: true }),
  );
  return window.tabStops.length;
}
