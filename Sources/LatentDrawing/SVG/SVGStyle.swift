/// How the picture looks: dark lines on white, light fills, so that grey print keeps every difference.
enum SVGStyle {
  static let titleSize = 18.0
  static let summarySize = 12.0
  static let tableSize = 11.0
  static let panelSize = 13.0
  static let tickSize = 9.0

  static let sheet = """
    text { font-family: Helvetica, Arial, 'Liberation Sans', sans-serif; font-size: 11px; fill: #222; }
    .title { font-size: 18px; font-weight: bold; }
    .summary { font-size: 12px; fill: #555; }
    .box { fill: #fbfbf8; stroke: #444; stroke-width: 1.2; }
    .latent .box { stroke-dasharray: 5 3; }
    .inner { fill: none; stroke: #444; stroke-width: 0.8; }
    .name { font-size: 13px; font-weight: bold; text-anchor: middle; }
    .right { text-anchor: end; }
    .middle { text-anchor: middle; }
    .panel { font-size: 13px; font-weight: bold; }
    .halo { paint-order: stroke; stroke: #fff; stroke-width: 3px; stroke-linejoin: round; }
    .more { fill: #555; font-style: italic; }
    .track { fill: #e6e6e1; }
    .bar { fill: #5b86b0; }
    .before { fill: #b9b9b0; }
    .past { fill: #777; }
    .observed .box { fill: #eceff4; stroke-width: 2; }
    .curve { fill: #5b86b0; fill-opacity: 0.35; stroke: #35597d; stroke-width: 1.3; }
    path.past { fill: none; stroke: #8a8a80; stroke-width: 1.2; stroke-dasharray: 4 2; }
    .axis { stroke: #777; stroke-width: 0.8; }
    .tick { font-size: 9px; fill: #555; }
    .grid { stroke: #dcdcd6; stroke-width: 0.8; }
    .interval { stroke: #35597d; stroke-width: 1.4; }
    .estimate { fill: #fff; stroke: #35597d; stroke-width: 1.4; }
    .missing-information { fill: #35597d; }
    .frame { fill: none; stroke: #777; stroke-width: 0.8; }
    .edge path { fill: none; stroke: #667; stroke-width: 1.2; }
    .edge:hover path { stroke: #000; stroke-width: 2.4; }
    .head { fill: #667; }
    .caption { font-weight: bold; }
    .rule { stroke: #999; stroke-width: 0.8; }
    .divider { stroke: #ccc; stroke-width: 1; }
    """
}
