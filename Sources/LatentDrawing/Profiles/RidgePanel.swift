internal import LatentData
internal import LatentInference

/// Distributions over one axis, a row per class, each as high as its row.
struct RidgePanel: ProfilePanel {
  private let name: String
  private let classes: [ClassMark]
  private let labels: [String]
  private let series: [Series]
  /// What is said of each class behind its row.
  private let notes: [String]
  /// What stands below the axis, and where, as a part of it.
  private let ticks: [(fraction: Double, text: String)]
  private let footer: String?

  private static let rowHeight = 30.0
  private static let ridgeHeight = 25.0
  private static let ridgeWidth = 180.0
  private static let axisHeight = 16.0
  private static let widestNote = 150.0

  /// A variable of numbers: densities, or the probabilities of counts.
  init(_ name: String, _ classes: [ClassMark], _ distributions: [NumberDistribution], note: String?) {
    let axis = NumberAxis(distributions)
    let ticks = Ticks.between(axis.low, axis.high, about: 4)
    self.init(
      name, classes, axis.form, distributions.map { axis.heights(of: $0) },
      notes: distributions.map { distribution in
        func text(_ value: Double) -> String { Numerals.significant(value, digits: 3) }
        return distribution.isCount
          ? "mean \(text(distribution.mean))"
          : "mean \(text(distribution.mean)), sd \(text(distribution.standardDeviation))"
      },
      ticks: ticks.map { (axis.fraction($0), Ticks.text($0)) }, footer: note)
  }

  /// A variable with many states that have an order.
  init(_ variable: Variable, _ classes: [ClassMark], _ distributions: [[Double]], note: String?) {
    let half = 0.5 / Double(variable.states.count)
    func end(_ text: String?) -> String {
      TextWidth.fitted((text ?? "").line, to: Self.ridgeWidth / 2 - 6, size: SVGStyle.tickSize)
    }
    self.init(
      variable.name, classes, .columns, distributions, notes: classes.map { _ in "" },
      ticks: [(half, end(variable.states.first)), (1 - half, end(variable.states.last))], footer: note)
  }

  private init(
    _ name: String, _ classes: [ClassMark], _ form: Series.Form, _ heights: [[Double]], notes: [String],
    ticks: [(Double, String)], footer: String?
  ) {
    self.name = PanelMetrics.name(name)
    self.classes = classes
    labels = classes.map { PanelMetrics.label($0.label) }
    series = zip(classes, heights).map { Series(form: form, heights: $1, look: form == .curve ? $0.wash : $0.fill) }
    self.notes = notes.map { TextWidth.fitted($0, to: Self.widestNote, size: SVGStyle.tableSize) }
    self.ticks = ticks
    self.footer = footer
  }

  private var labelWidth: Double { 12 + PanelMetrics.width(labels) }

  var extent: Extent {
    let notes = PanelMetrics.width(notes)
    let row = labelWidth + PanelMetrics.gap + Self.ridgeWidth + (notes > 0 ? PanelMetrics.gap + notes : 0)
    let lines = footer == nil ? 0 : PanelMetrics.rowHeight
    return Extent(
      width: max(row, PanelMetrics.nameWidth(name)),
      height: PanelMetrics.headHeight + Double(classes.count) * Self.rowHeight + Self.axisHeight + lines)
  }

  func write(to svg: inout SVGWriter, at origin: Point) {
    svg.addText(name, class: "panel", at: Point(x: origin.x, y: origin.y + 11))
    let top = origin.y + PanelMetrics.headHeight
    let left = origin.x + labelWidth + PanelMetrics.gap
    let bottom = top + Double(classes.count) * Self.rowHeight
    for tick in ticks {
      let x = left + tick.fraction * Self.ridgeWidth
      svg.addLine(from: Point(x: x, y: top), to: Point(x: x, y: bottom + 3), class: "grid")
      writeTick(tick.text, centre: x, within: left...left + Self.ridgeWidth, baseline: bottom + 13, to: &svg)
    }
    for (index, mark) in classes.enumerated() {
      let base = top + Double(index + 1) * Self.rowHeight
      let box = Box(
        origin: Point(x: left, y: base - Self.ridgeHeight),
        extent: Extent(width: Self.ridgeWidth, height: Self.ridgeHeight))
      mark.writeSwatch(to: &svg, at: Point(x: origin.x, y: base - 4))
      svg.addText(labels[index], class: "state", at: Point(x: origin.x + 12, y: base - 4))
      series[index].write(series[index].heights.max() ?? 0, in: box, to: &svg)
      svg.addLine(from: Point(x: left, y: base), to: Point(x: box.right, y: base), class: "axis")
      svg.addText(notes[index], class: "state", at: Point(x: box.right + PanelMetrics.gap, y: base - 4))
    }
    if let footer {
      svg.addText(footer, class: "more", at: Point(x: origin.x, y: bottom + Self.axisHeight + 10))
    }
  }

  /// A tick's text below it, moved inwards where it would stand over the end of the axis.
  private func writeTick(
    _ text: String, centre: Double, within range: ClosedRange<Double>, baseline: Double, to svg: inout SVGWriter
  ) {
    let half = TextWidth.of(text, size: SVGStyle.tickSize) / 2
    let x = min(max(centre, range.lowerBound + half), range.upperBound - half)
    svg.addText(text, class: "tick middle", at: Point(x: x, y: baseline))
  }
}
