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
  private static let widestName = 150.0
  private static let widestLabel = 96.0

  /// The name as it is drawn, cut where it is too long.
  let name: String
  /// The labels as they are drawn.
  let labels: [String]
  let labelWidth: Double
  let percentWidth: Double
  let extent: Extent

  init(_ card: NodeCard) {
    name = TextWidth.fitted(card.name.line, to: Self.widestName, size: Self.nameSize, weight: .bold)
    labels = card.rows.map { TextWidth.fitted($0.label.line, to: Self.widestLabel, size: Self.stateSize) }
    let more = card.more > 0 ? [card.moreText] : []
    let note = card.noData.map { TextWidth.of($0, size: Self.stateSize) } ?? 0
    labelWidth = (labels + more).map { TextWidth.of($0, size: Self.stateSize) }.max() ?? 0
    let percentages = card.rows.compactMap { $0.probability.map(Numerals.percentage) }
    percentWidth = percentages.map { TextWidth.of($0, size: Self.stateSize) }.max() ?? 0
    let bars = percentages.isEmpty ? 0 : Self.gap + Self.barWidth + Self.gap + percentWidth
    let inner = max(TextWidth.of(name, size: Self.nameSize, weight: .bold), labelWidth + bars, note)
    let lines = card.rows.count + card.footer.count
    extent = Extent(
      width: (inner + 2 * Self.padding).rounded(.up),
      height: Self.headHeight + Double(lines) * Self.rowHeight + Self.footHeight)
  }
}
