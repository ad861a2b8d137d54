/// How the picture looks: dark lines on white, light fills, so that grey print keeps every difference.
enum SVGStyle {
  static let titleSize = 18.0
  static let summarySize = 12.0
  static let tableSize = 11.0

  static let sheet = """
    text { font-family: Helvetica, Arial, 'Liberation Sans', sans-serif; font-size: 11px; fill: #222; }
    .title { font-size: 18px; font-weight: bold; }
    .summary { font-size: 12px; fill: #555; }
    .box { fill: #fbfbf8; stroke: #444; stroke-width: 1.2; }
    .latent .box { stroke-dasharray: 5 3; }
    .inner { fill: none; stroke: #444; stroke-width: 0.8; }
    .name { font-size: 13px; font-weight: bold; text-anchor: middle; }
    .right { text-anchor: end; }
    .more { fill: #555; font-style: italic; }
    .track { fill: #e6e6e1; }
    .bar { fill: #5b86b0; }
    .edge path { fill: none; stroke: #667; stroke-width: 1.2; }
    .edge:hover path { stroke: #000; stroke-width: 2.4; }
    .head { fill: #667; }
    .caption { font-weight: bold; }
    .rule { stroke: #999; stroke-width: 0.8; }
    .divider { stroke: #ccc; stroke-width: 1; }
    """
}
