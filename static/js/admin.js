/** The console follows the mode chosen in the product (a cookie) until it is changed here. */
(() => {
  const theme = /(?:^|; )theme=(light|dark)/.exec(document.cookie)?.[1] ?? "auto";
  if (localStorage.getItem("productTheme") !== theme) {
    localStorage.setItem("productTheme", theme);
    localStorage.setItem("_x_adminTheme", JSON.stringify(theme));
  }
})();
