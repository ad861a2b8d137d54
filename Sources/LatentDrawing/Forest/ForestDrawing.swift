/// Estimates with their intervals as a forest plot: a row each, over one axis.
public struct ForestDrawing: Sendable {
  /// An estimate and its interval.
  public struct Entry: Hashable, Sendable {
    /// What is estimated.
    public let name: String
    /// The estimate.
    public let estimate: Double
    /// The interval around it.
    public let interval: ClosedRange<Double>
    /// The part of the information that is missing, from 0 to 1; nil where it is not known.
    public let missingInformation: Double?

    /// An estimate with its interval.
    public init(name: String, estimate: Double, interval: ClosedRange<Double>, missingInformation: Double?) {
      (self.name, self.estimate, self.interval) = (name, estimate, interval)
      self.missingInformation = missingInformation
    }
  }

  /// The picture as an SVG document, complete in itself: no scripts, no fonts, nothing from elsewhere.
  ///
  /// Each estimate is a square, filled from below by its fraction of missing information, on the line of its interval.
  /// What is not finite is not drawn.
  public let svg: String

  private static let margin = 24.0
  private static let headHeight = 52.0
  private static let rowHeight = 22.0
  private static let plotWidth = 360.0
  private static let axisHeight = 20.0
  private static let gap = 14.0
  private static let side = 11.0
  private static let widestName = 240.0

  /// Draws estimates in their order.
  ///
  /// - Parameters:
  ///   - entries: the estimates.
  ///   - title: what stands above them.
  ///   - summary: what the intervals are, in words.
  public init(_ entries: [Entry], title: String, summary: String) {
    let labels = entries.map { TextWidth.fitted($0.name.line, to: Self.widestName, size: SVGStyle.tableSize) }
    let notes = entries.map(Self.note)
    let left = Self.margin + PanelMetrics.width(labels) + Self.gap
    let plot = Box(
      origin: Point(x: left, y: Self.margin + Self.headHeight),
      extent: Extent(width: Self.plotWidth, height: Double(entries.count) * Self.rowHeight))
    let axis = Self.axis(of: entries)
    let widest = max(
      plot.right + Self.gap + PanelMetrics.width(notes),
      Self.margin + TextWidth.of(title, size: SVGStyle.titleSize, weight: .bold),
      Self.margin + TextWidth.of(summary, size: SVGStyle.summarySize))
    var svg = SVGWriter()
    svg.beginDocument(
      Extent(
        width: (widest + Self.margin).rounded(.up),
        height: (plot.bottom + Self.axisHeight + Self.margin).rounded(.up)),
      title: title.markup, style: SVGStyle.sheet)
    svg.addText(title.line, class: "title", at: Point(x: Self.margin, y: Self.margin + 14))
    svg.addText(summary.line, class: "summary", at: Point(x: Self.margin, y: Self.margin + 34))
    Self.writeAxis(axis, in: plot, to: &svg)
    for (row, entry) in entries.enumerated() {
      let y = plot.top + (Double(row) + 0.5) * Self.rowHeight
      svg.addText(labels[row], class: "state", at: Point(x: Self.margin, y: y + 4))
      svg.addText(notes[row], class: "state", at: Point(x: plot.right + Self.gap, y: y + 4))
      Self.write(entry, at: y, axis, in: plot, to: &svg)
    }
    svg.add("</svg>")
    self.svg = svg.lines.joined(separator: "\n") + "\n"
  }

  /// The estimate and its interval as numbers.
  private static func note(_ entry: Entry) -> String {
    let numbers = [entry.estimate, entry.interval.lowerBound, entry.interval.upperBound].map {
      Numerals.significant($0, digits: 3)
    }
    return "\(numbers[0]) (\(numbers[1]) to \(numbers[2]))"
  }

  /// The range of all that is finite, and some room.
  private static func axis(of entries: [Entry]) -> ClosedRange<Double> {
    let values = entries.flatMap { [$0.estimate, $0.interval.lowerBound, $0.interval.upperBound] }.filter(\.isFinite)
    let (low, high) = (values.min() ?? 0, values.max() ?? 1)
    let room = high > low ? 0.05 * (high - low) : max(low.magnitude * 0.1, 1)
    return (low - room)...(high + room)
  }

  private static func place(_ value: Double, _ axis: ClosedRange<Double>, in plot: Box) -> Double {
    let part = (value - axis.lowerBound) / (axis.upperBound - axis.lowerBound)
    return plot.left + min(max(part, 0), 1) * plot.extent.width
  }

  private static func writeAxis(_ axis: ClosedRange<Double>, in plot: Box, to svg: inout SVGWriter) {
    for value in Ticks.between(axis.lowerBound, axis.upperBound, about: 5) {
      let x = place(value, axis, in: plot)
      svg.addLine(
        from: Point(x: x, y: plot.top), to: Point(x: x, y: plot.bottom + 3), class: value == 0 ? "axis" : "grid")
      svg.addText(Ticks.text(value), class: "tick middle", at: Point(x: x, y: plot.bottom + 14))
    }
    svg.addLine(from: Point(x: plot.left, y: plot.bottom), to: Point(x: plot.right, y: plot.bottom), class: "axis")
  }

  private static func write(
    _ entry: Entry, at y: Double, _ axis: ClosedRange<Double>, in plot: Box, to svg: inout SVGWriter
  ) {
    let ends = [entry.interval.lowerBound, entry.interval.upperBound].map { place($0, axis, in: plot) }
    svg.addLine(from: Point(x: ends[0], y: y), to: Point(x: ends[1], y: y), class: "interval")
    for (end, value) in zip(ends, [entry.interval.lowerBound, entry.interval.upperBound]) where value.isFinite {
      svg.addLine(from: Point(x: end, y: y - 4), to: Point(x: end, y: y + 4), class: "interval")
    }
    guard entry.estimate.isFinite else { return }
    let square = Box(
      origin: Point(x: place(entry.estimate, axis, in: plot) - side / 2, y: y - side / 2),
      extent: Extent(width: side, height: side))
    svg.addRectangle(square, "class=\"estimate\"")
    let filled = min(max(entry.missingInformation ?? 0, 0), 1) * side
    guard filled > 0 else { return }
    svg.addRectangle(
      Box(
        origin: Point(x: square.left, y: square.bottom - filled), extent: Extent(width: side, height: filled)),
      "class=\"missing-information\"")
  }
}
