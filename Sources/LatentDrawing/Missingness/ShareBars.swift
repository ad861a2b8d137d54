internal import LatentData
internal import LatentLearning

/// How often columns are missing, by the labels of the columns that this goes with most.
struct ShareBars {
  let extent: Extent

  private let report: MissingnessReport
  private let panels: [Panel]
  private let origins: [Point]

  private static let mostPanels = 9
  private static let mostGroups = 8
  private static let headHeight = 26.0
  private static let gap = 30.0
  private static let narrowest = 760.0

  var isEmpty: Bool { panels.isEmpty }

  init(_ report: MissingnessReport) {
    self.report = report
    let all = report.findings.lazy.compactMap { Panel($0, report, mostGroups: Self.mostGroups) }
    panels = Array(all.prefix(Self.mostPanels))
    guard !panels.isEmpty else {
      (extent, origins) = (Extent(width: 0, height: 0), [])
      return
    }
    let packing = ShelfPacking(panels.map(\.extent), width: Self.narrowest, gap: Self.gap)
    origins = packing.origins
    extent = Extent(width: packing.extent.width, height: packing.extent.height + Self.headHeight)
  }

  func write(to svg: inout SVGWriter, at origin: Point) {
    guard !isEmpty else { return }
    svg.addText("What missing cells go with", class: "caption", at: Point(x: origin.x, y: origin.y + 4))
    for (panel, offset) in zip(panels, origins) {
      panel.write(to: &svg, at: Point(x: origin.x + offset.x, y: origin.y + offset.y + Self.headHeight))
    }
  }
}

/// The shares of one test, a bar for each group.
private struct Panel {
  let extent: Extent

  private let caption: String
  private let rows: [(label: String, share: Double)]
  private let labelWidth: Double

  private static let rowHeight = 15.0
  private static let barWidth = 140.0
  private static let percentWidth = 46.0
  private static let widestLabel = 130.0
  private static let widestCaption = 330.0

  /// The panel of a test of shares with groups of one label each; nil for other tests.
  init?(_ test: MissingnessTest, _ report: MissingnessReport, mostGroups: Int) {
    let shares: MissingShares
    switch test.finding {
    case .shares(let found, _, _), .exactShares(let found): shares = found
    case .means: return nil
    }
    guard case .labels(let labels) = report.columns[test.variable].content, shares.groups.count <= mostGroups else {
      return nil
    }
    let text = "\(report.columns[test.missing].name) missing, by \(report.columns[test.variable].name)"
    caption = TextWidth.fitted(text.line, to: Self.widestCaption, size: SVGStyle.tableSize, weight: .bold)
    let groups = shares.groups.sorted { Self.precedes(labels[$0.labels[0]], labels[$1.labels[0]]) }
    rows = groups.map { group in
      let names = group.labels.map { labels[$0] }.joined(separator: ", ")
      return (TextWidth.fitted(names.line, to: Self.widestLabel, size: SVGStyle.tableSize), group.share)
    }
    labelWidth = rows.map { TextWidth.of($0.label, size: SVGStyle.tableSize) }.max() ?? 0
    extent = Extent(
      width: max(
        labelWidth + 8 + Self.barWidth + Self.percentWidth,
        TextWidth.of(caption, size: SVGStyle.tableSize, weight: .bold)),
      height: Self.rowHeight * Double(rows.count + 1) + 4)
  }

  /// Whether a label comes before another: numbers by value, and before other labels.
  private static func precedes(_ a: String, _ b: String) -> Bool {
    switch (Double(a), Double(b)) {
    case (let a?, let b?): a < b
    case (let first, nil): first != nil || a < b
    case (nil, _?): false
    }
  }

  func write(to svg: inout SVGWriter, at origin: Point) {
    svg.addText(caption, class: "caption", at: origin)
    var baseline = origin.y + 3
    for row in rows {
      baseline += Self.rowHeight
      svg.addText(row.label, class: "state", at: Point(x: origin.x, y: baseline))
      let left = origin.x + labelWidth + 8
      for (width, name) in [(1.0, "track"), (row.share, "missing")] where width > 0 {
        let box = Box(origin: Point(x: left, y: baseline - 8), extent: Extent(width: width * Self.barWidth, height: 8))
        svg.addRectangle(box, "class=\"\(name)\"")
      }
      svg.addText(
        Numerals.percentage(row.share), class: "right",
        at: Point(x: left + Self.barWidth + Self.percentWidth, y: baseline))
    }
  }
}
