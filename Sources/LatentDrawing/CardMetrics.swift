/// How large the parts of a box are, in pixels.
struct CardMetrics {
  static let nameSize = 13.0
  static let stateSize = 11.0
  static let padding = 9.0
  static let headHeight = 24.0
  static let rowHeight = 15.0
  static let footHeight = 6.0
  static let barWidth = 40.0
  static let gap = 6.0
  static let figureWidth = 132.0
  private static let widestName = 150.0
  private static let widestLabel = 96.0

  /// The name as it is drawn, cut where it is too long.
  let name: String
  /// The labels as they are drawn.
  let labels: [String]
  let labelWidth: Double
  let percentWidth: Double
  /// How wide the percentages without the situation are; 0 where none are drawn.
  let beforeWidth: Double
  let extent: Extent

  init(_ card: NodeCard) {
    name = TextWidth.fitted(card.name.line, to: Self.widestName, size: Self.nameSize, weight: .bold)
    let widest =
      card.figure == nil && card.rows.allSatisfy { $0.probability == nil } ? Self.widestName : Self.widestLabel
    labels = card.rows.map {
      TextWidth.fitted($0.label.line, to: card.figure == nil ? widest : Self.figureWidth, size: Self.stateSize)
    }
    func width(_ texts: [String]) -> Double { texts.map { TextWidth.of($0, size: Self.stateSize) }.max() ?? 0 }
    labelWidth = width(labels + (card.more > 0 ? [card.moreText] : []))
    let percentages = card.rows.compactMap { $0.probability.map(Numerals.percentage) }
    let before = card.rows.compactMap { $0.before.map(Numerals.percentage) }
    percentWidth = width(percentages)
    beforeWidth = width(before)
    var bars = percentages.isEmpty ? 0 : Self.gap + Self.barWidth + Self.gap + percentWidth
    if !before.isEmpty { bars += Self.gap + beforeWidth }
    let asides = width(card.rows.compactMap(\.aside))
    if asides > 0 { bars += 2 * Self.gap + asides }
    let figure = card.figure == nil ? 0 : Self.figureWidth
    let inner = max(
      TextWidth.of(name, size: Self.nameSize, weight: .bold), labelWidth + bars, width(card.footer), figure)
    let lines = Double(card.rows.count + card.footer.count) * Self.rowHeight
    extent = Extent(
      width: (inner + 2 * Self.padding).rounded(.up),
      height: Self.headHeight + (card.figure == nil ? 0 : Figure.height + Figure.axisHeight + 3) + lines
        + Self.footHeight)
  }
}
