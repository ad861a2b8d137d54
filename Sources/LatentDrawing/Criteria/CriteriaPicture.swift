/// Lines over an axis of models, with the names of the lines at their ends.
struct CriteriaPicture {
  private static let margin = 24.0
  private static let headHeight = 52.0
  private static let axisWidth = 64.0
  private static let axisHeight = 40.0
  private static let height = 300.0
  private static let narrowest = 420.0
  private static let perModel = 64.0
  private static let widest = 1200.0
  private static let lineHeight = 14.0
  private static let radius = 3.2

  private let drawing: CriteriaDrawing
  private let plot: Box
  private let marks: [ClassMark]
  private let across: ClosedRange<Double>
  private let up: ClosedRange<Double>

  init(_ drawing: CriteriaDrawing) {
    self.drawing = drawing
    let lines = drawing.lines
    marks = lines.enumerated().map { ClassMark($1.name, index: $0) }
    let places = drawing.entries.indices.map { drawing.position($0) }
    across = ((places.min() ?? 0) - 0.4)...((places.max() ?? 1) + 0.4)
    let values = lines.flatMap { $0.points.map(\.value) }
    let (low, high) = (values.min() ?? 0, values.max() ?? 1)
    let room = high > low ? 0.06 * (high - low) : max(1, high.magnitude * 0.01)
    up = (low - room)...(high + room)
    let count = Double(Set(places).count)
    plot = Box(
      origin: Point(x: Self.margin + Self.axisWidth, y: Self.margin + Self.headHeight),
      extent: Extent(width: min(max(Self.narrowest, count * Self.perModel), Self.widest), height: Self.height))
  }

  /// The document.
  var text: String {
    let lines = drawing.lines
    let names = marks.map { TextWidth.of($0.label, size: SVGStyle.tableSize) }.max() ?? 0
    let title = TextWidth.fitted(
      drawing.title.isEmpty ? "Comparison" : drawing.title.line, to: plot.extent.width + Self.axisWidth,
      size: SVGStyle.titleSize, weight: .bold)
    var svg = SVGWriter()
    let size = Extent(
      width: (plot.right + 18 + names + Self.margin).rounded(.up), height: plot.bottom + Self.axisHeight + Self.margin)
    svg.beginDocument(size, title: drawing.title.markup, style: SVGStyle.sheet)
    svg.addText(title, class: "title", at: Point(x: Self.margin, y: Self.margin + 14))
    svg.addText(summary, class: "summary", at: Point(x: Self.margin, y: Self.margin + 34))
    writeAxes(to: &svg)
    for (line, mark) in zip(lines, marks) { write(line, mark, to: &svg) }
    writeBest(to: &svg)
    writeNames(lines, to: &svg)
    svg.add("</svg>")
    return svg.lines.joined(separator: "\n") + "\n"
  }

  private var summary: String {
    let best = "best by BIC: \(drawing.entries[drawing.best].name.line)"
    let text = "\(drawing.comparesKinds ? "BIC" : "information criteria"), smaller is better; \(best)"
    return TextWidth.fitted(text, to: plot.extent.width + Self.axisWidth, size: SVGStyle.summarySize)
  }

  private func place(_ entry: Int, _ value: Double) -> Point {
    let x = (drawing.position(entry) - across.lowerBound) / (across.upperBound - across.lowerBound)
    let y = (value - up.lowerBound) / (up.upperBound - up.lowerBound)
    return Point(x: plot.left + x * plot.extent.width, y: plot.bottom - y * plot.extent.height)
  }

  private func writeAxes(to svg: inout SVGWriter) {
    for value in Ticks.between(up.lowerBound, up.upperBound, about: 6) {
      let y = place(0, value).y
      svg.addLine(from: Point(x: plot.left, y: y), to: Point(x: plot.right, y: y), class: "grid")
      svg.addText(Ticks.text(value), class: "right", at: Point(x: plot.left - 6, y: y + 4))
    }
    svg.addRectangle(plot, "class=\"frame\"")
    let step = plot.extent.width / (across.upperBound - across.lowerBound)
    var end = -Double.infinity
    for entry in drawing.entries.indices.sorted(by: { drawing.position($0) < drawing.position($1) }) {
      let x = place(entry, up.lowerBound).x
      let name = drawing.hasSizes ? "\(drawing.entries[entry].size ?? 0)" : drawing.entries[entry].name.line
      let text = TextWidth.fitted(name, to: max(step - 4, 24), size: SVGStyle.tableSize)
      let half = TextWidth.of(text, size: SVGStyle.tableSize) / 2
      guard x - half > end else { continue }
      svg.addLine(from: Point(x: x, y: plot.bottom), to: Point(x: x, y: plot.bottom + 4), class: "axis")
      svg.addText(text, class: "middle", at: Point(x: x, y: plot.bottom + 16))
      end = x + half
    }
    let middle = plot.left + plot.extent.width / 2
    svg.addText(
      drawing.hasSizes ? "number of states" : "model", class: "summary middle",
      at: Point(x: middle, y: plot.bottom + 34))
  }

  /// Points, and a line through them where the axis is one of sizes.
  private func write(_ line: CriteriaDrawing.Line, _ mark: ClassMark, to svg: inout SVGWriter) {
    let points = line.points.map { place($0.entry, $0.value) }
    if drawing.hasSizes, points.count > 1 {
      let path = points.map { "\(number($0.x)) \(number($0.y))" }.joined(separator: "L")
      svg.add("<path fill=\"none\" \(mark.stroke) d=\"M\(path)\"/>")
    }
    for point in points {
      svg.add("<circle cx=\"\(number(point.x))\" cy=\"\(number(point.y))\" r=\"\(Self.radius)\" \(mark.fill)/>")
    }
  }

  private func writeBest(to svg: inout SVGWriter) {
    guard drawing.entries[drawing.best].bic.isFinite else { return }
    let centre = place(drawing.best, drawing.entries[drawing.best].bic)
    svg.add("<circle class=\"frame\" cx=\"\(number(centre.x))\" cy=\"\(number(centre.y))\" r=\"7\"/>")
  }

  /// The names of the lines at their right ends, apart from each other.
  private func writeNames(_ lines: [CriteriaDrawing.Line], to svg: inout SVGWriter) {
    let ends = lines.indices.sorted { end(of: lines[$0]) < end(of: lines[$1]) }
    var baseline = -Double.infinity
    var baselines: [Double] = []
    for line in ends {
      baseline = max(end(of: lines[line]) + 4, baseline + Self.lineHeight)
      baselines.append(baseline)
    }
    // What was pushed below the plot moves up again.
    var limit = plot.bottom
    for index in baselines.indices.reversed() {
      baselines[index] = min(baselines[index], limit)
      limit = baselines[index] - Self.lineHeight
    }
    for (line, baseline) in zip(ends, baselines) {
      svg.addText(
        marks[line].label, class: "state", at: Point(x: plot.right + 18, y: baseline))
      marks[line].writeSwatch(to: &svg, at: Point(x: plot.right + 6, y: baseline))
    }
  }

  private func end(of line: CriteriaDrawing.Line) -> Double {
    line.points.last.map { place($0.entry, $0.value).y } ?? plot.bottom
  }
}
