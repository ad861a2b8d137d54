internal import LatentData

/// The distributions of a variable with states in all classes: a row per state, a column per class.
struct StatesPanel: ProfilePanel {
  private let name: String
  private let classes: [ClassMark]
  /// The states that are shown: their labels, and their probability in each class.
  private let rows: [(label: String, probabilities: [Double])]
  private let footer: [String]
  private let barWidth: Double
  /// How wide percentages are; 0 where there are too many classes for them.
  private let percentWidth: Double

  /// The most rows; of more states the most probable ones are shown.
  static let mostRows = 8
  /// The most classes whose percentages are printed.
  private static let mostPercentages = 6
  private static let columnGap = 12.0

  /// - distributions: per class a probability per state.
  /// - name: what stands above; the name of the variable unless given.
  /// - note: a line below the states.
  init(
    _ variable: Variable, named name: String? = nil, _ classes: [ClassMark], _ distributions: [[Double]], note: String?
  ) {
    self.name = PanelMetrics.name(name ?? variable.name)
    self.classes = classes
    var shown = Array(variable.states.indices)
    if shown.count > Self.mostRows {
      let largest = shown.map { state in distributions.map { $0[state] }.max() ?? 0 }
      shown.sort { (-largest[$0], $0) < (-largest[$1], $1) }
      shown = shown.prefix(Self.mostRows - 1).sorted()
    }
    rows = shown.map { state in (PanelMetrics.label(variable.states[state]), distributions.map { $0[state] }) }
    let more = variable.states.count - shown.count
    footer = (more > 0 ? ["+\(more) more"] : []) + [note].compactMap(\.self)
    let hasPercentages = classes.count <= Self.mostPercentages
    barWidth = hasPercentages ? 32 : 24
    percentWidth = hasPercentages ? PanelMetrics.width(rows.flatMap { $0.probabilities.map(Numerals.percentage) }) : 0
  }

  private var labelWidth: Double { PanelMetrics.width(rows.map(\.label)) }

  private var columnWidth: Double { barWidth + (percentWidth > 0 ? 6 + percentWidth : 0) }

  var extent: Extent {
    let columns = Double(classes.count) * (columnWidth + Self.columnGap)
    return Extent(
      width: max(labelWidth + columns, PanelMetrics.nameWidth(name), PanelMetrics.width(footer)),
      height: PanelMetrics.headHeight + Double(1 + rows.count + footer.count) * PanelMetrics.rowHeight)
  }

  func write(to svg: inout SVGWriter, at origin: Point) {
    svg.addText(name, class: "panel", at: Point(x: origin.x, y: origin.y + 11))
    var baseline = origin.y + PanelMetrics.headHeight + 10
    for (index, mark) in classes.enumerated() {
      let left = left(of: index, origin)
      mark.writeSwatch(to: &svg, at: Point(x: left, y: baseline))
      let label = TextWidth.fitted(mark.label, to: columnWidth - 11, size: SVGStyle.tableSize)
      svg.addText(label, class: "state", at: Point(x: left + 11, y: baseline))
    }
    for row in rows {
      baseline += PanelMetrics.rowHeight
      svg.addText(row.label, class: "state", at: Point(x: origin.x, y: baseline))
      for (index, mark) in classes.enumerated() {
        write(row.probabilities[index], mark, at: Point(x: left(of: index, origin), y: baseline), to: &svg)
      }
    }
    for line in footer {
      baseline += PanelMetrics.rowHeight
      svg.addText(line, class: "more", at: Point(x: origin.x, y: baseline))
    }
  }

  private func left(of index: Int, _ origin: Point) -> Double {
    origin.x + labelWidth + Self.columnGap + Double(index) * (columnWidth + Self.columnGap)
  }

  private func write(_ probability: Double, _ mark: ClassMark, at point: Point, to svg: inout SVGWriter) {
    func bar(_ share: Double) -> Box {
      Box(origin: Point(x: point.x, y: point.y - 8), extent: Extent(width: share * barWidth, height: 8))
    }
    svg.addRectangle(bar(1), "class=\"track\"")
    if probability > 0 { svg.addRectangle(bar(probability), mark.fill) }
    guard percentWidth > 0 else { return }
    svg.addText(
      Numerals.percentage(probability), class: "right", at: Point(x: point.x + columnWidth, y: point.y))
  }
}
