internal import LatentData
package import LatentLearning

/// The missing cells of a table as a picture: which columns are missing together, and what that goes with.
///
/// Patterns are drawn, not rows, so that the picture of a large table is no larger.
package struct MissingnessDrawing {
  /// The picture as an SVG document.
  package let svg: String

  private static let margin = 24.0
  private static let headerHeight = 52.0
  private static let gap = 34.0

  /// Draws a report under a title.
  package init(_ report: MissingnessReport, title: String) {
    let summary = Self.summary(report)
    let map = PatternMap(report)
    let shares = ShareBars(report)
    let header = max(
      TextWidth.of(title, size: SVGStyle.titleSize, weight: .bold), TextWidth.of(summary, size: SVGStyle.summarySize))
    let width = max(header, map.extent.width, shares.extent.width) + 2 * Self.margin
    let sharesTop = Self.margin + Self.headerHeight + map.extent.height + (shares.isEmpty ? 0 : Self.gap)
    let height = sharesTop + shares.extent.height + Self.margin

    var svg = SVGWriter()
    svg.beginDocument(
      Extent(width: width.rounded(.up), height: height.rounded(.up)), title: "\(title.markup): \(summary)",
      style: SVGStyle.sheet + "\n" + Self.style)
    svg.addText(title, class: "title", at: Point(x: Self.margin, y: Self.margin + 14))
    svg.addText(summary, class: "summary", at: Point(x: Self.margin, y: Self.margin + 34))
    map.write(to: &svg, at: Point(x: Self.margin, y: Self.margin + Self.headerHeight))
    shares.write(to: &svg, at: Point(x: Self.margin, y: sharesTop))
    svg.add("</svg>")
    self.svg = svg.lines.joined(separator: "\n") + "\n"
  }

  private static let style = """
    .missing { fill: #b5563a; }
    .present { fill: #e6e6e1; }
    """

  private static func summary(_ report: MissingnessReport) -> String {
    let incomplete = report.weight - report.completeWeight
    let patterns = report.patterns.count
    let (rows, holes) = (Numerals.significant(report.weight, digits: 8), Numerals.significant(incomplete, digits: 8))
    return "\(rows) rows, \(holes) with missing cells, \(patterns) \(patterns == 1 ? "pattern" : "patterns")"
  }
}

/// Patterns as rows, the most frequent first, columns with their rates above them, and how many rows have each pattern.
private struct PatternMap {
  let extent: Extent

  private let report: MissingnessReport
  /// The columns with missing cells, most of them first.
  private let columns: [Int]
  private let patterns: ArraySlice<MissingnessCounts.Pattern>
  private let namesHeight: Double
  private let overhang: Double

  private static let cell = 16.0
  private static let pitch = 18.0
  private static let rateHeight = 64.0
  private static let barWidth = 180.0
  private static let mostColumns = 40
  private static let mostPatterns = 25
  private static let longestName = 150.0
  /// How steeply names stand.
  private static let slope = (sine: 0.8660254, cosine: 0.5)

  init(_ report: MissingnessReport) {
    self.report = report
    columns = Array(
      report.columns.indices.filter { report.missing[$0] > 0 }
        .sorted { (-report.missing[$0], $0) < (-report.missing[$1], $1) }.prefix(Self.mostColumns))
    patterns = report.patterns.prefix(Self.mostPatterns)
    let widths = columns.map { TextWidth.of(Self.name($0, report), size: SVGStyle.tableSize) }
    namesHeight = (widths.max() ?? 0) * Self.slope.sine + 10
    overhang = (widths.last ?? 0) * Self.slope.cosine
    let matrix = Double(columns.count) * Self.pitch
    extent = Extent(
      width: max(matrix + 20 + Self.barWidth + 110, matrix + overhang),
      height: namesHeight + Self.rateHeight + Double(patterns.count + 1) * Self.pitch)
  }

  private static func name(_ column: Int, _ report: MissingnessReport) -> String {
    TextWidth.fitted(report.columns[column].name.line, to: longestName, size: SVGStyle.tableSize)
  }

  func write(to svg: inout SVGWriter, at origin: Point) {
    let ratesBottom = origin.y + namesHeight + Self.rateHeight - 6
    for (index, column) in columns.enumerated() {
      writeRate(column, to: &svg, left: origin.x + Double(index) * Self.pitch, bottom: ratesBottom)
    }
    var y = ratesBottom + 6
    for pattern in patterns {
      write(pattern, to: &svg, at: Point(x: origin.x, y: y))
      y += Self.pitch
    }
    writeRest(to: &svg, at: Point(x: origin.x, y: y + 12))
  }

  /// A bar as high as the rate, and the name of the column above it.
  private func writeRate(_ column: Int, to svg: inout SVGWriter, left: Double, bottom: Double) {
    let rate = report.missing[column] / report.weight
    let most = Self.rateHeight - 14
    let tooltip = "\(report.columns[column].name): \(Numerals.percentage(rate)) missing"
    svg.add("<g><title>\(tooltip.markup)</title>")
    svg.addRectangle(
      Box(origin: Point(x: left, y: bottom - most), extent: Extent(width: Self.cell, height: most)), "class=\"track\"")
    svg.addRectangle(
      Box(origin: Point(x: left, y: bottom - most * rate), extent: Extent(width: Self.cell, height: most * rate)),
      "class=\"missing\"")
    let (x, y) = (number(left + Self.cell / 2 + 3), number(bottom - most - 6))
    svg.add(
      "<text x=\"\(x)\" y=\"\(y)\" transform=\"rotate(-60 \(x) \(y))\">\(Self.name(column, report).markup)</text></g>")
  }

  private func write(_ pattern: MissingnessCounts.Pattern, to svg: inout SVGWriter, at origin: Point) {
    let missing = Set(pattern.missing)
    let names = pattern.missing.map { report.columns[$0].name }.joined(separator: ", ")
    svg.add("<g><title>\((names.isEmpty ? "nothing missing" : names).markup)</title>")
    for (index, column) in columns.enumerated() {
      let box = Box(
        origin: Point(x: origin.x + Double(index) * Self.pitch, y: origin.y),
        extent: Extent(width: Self.cell, height: Self.cell))
      svg.addRectangle(box, "class=\"\(missing.contains(column) ? "missing" : "present")\"")
    }
    let left = origin.x + Double(columns.count) * Self.pitch + 20
    let share = pattern.weight / report.weight
    svg.addRectangle(
      Box(origin: Point(x: left, y: origin.y + 3), extent: Extent(width: max(1, share * Self.barWidth), height: 10)),
      "class=\"bar\"")
    let text = "\(Numerals.significant(pattern.weight, digits: 8)) (\(Numerals.percentage(share)))"
    svg.addText(text, class: "state", at: Point(x: left + max(1, share * Self.barWidth) + 6, y: origin.y + 12))
    svg.add("</g>")
  }

  private func writeRest(to svg: inout SVGWriter, at point: Point) {
    let rest = report.patterns.dropFirst(patterns.count)
    guard !rest.isEmpty else { return }
    let weight = Numerals.significant(rest.reduce(0) { $0 + $1.weight }, digits: 8)
    svg.addText("… and \(rest.count) patterns more in \(weight) rows", class: "more", at: point)
  }
}
