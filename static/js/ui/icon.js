/** An icon of the sprite as an SVG node; the sprite's address comes from the page. */

const SVG = "http://www.w3.org/2000/svg";

export function icon(name, css = "") {
  const sprite = document.querySelector('meta[name="icons"]').content;
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", `icon ${css}`.trim());
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `${sprite}#${name}`);
  svg.append(use);
  return svg;
}
