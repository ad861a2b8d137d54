internal import LatentData
internal import LatentModels

/// Each pair of columns of a block, with an ellipse per class that holds 95 % of it.
struct PairsPanel: ProfilePanel {
  private let name: String
  private let columns: [String]
  private let classes: [ClassMark]
  private let table: ConditionalTable
  private let ranges: [ClosedRange<Double>]

  /// The most columns of a block that is drawn.
  private static let mostColumns = 6
  /// The most configurations of parents: more ellipses would hide each other.
  private static let mostClasses = 12
  private static let side = 124.0
  private static let gap = 14.0
  private static let axisWidth = 62.0
  private static let axisHeight = 32.0

  /// - classes: one per row of the table.
  /// - Returns: nil for anything but a block of two to six columns.
  init?(_ table: ConditionalTable, _ classes: [ClassMark]) {
    guard case .gaussian = table.law, (2...Self.mostColumns).contains(table.children.count),
      classes.count <= Self.mostClasses
    else { return nil }
    let parents = table.parents.map(\.name).joined(separator: ", ")
    name = PanelMetrics.name(
      "\(table.name): 95% of each \(parents.isEmpty ? "pair of columns" : "state of \(parents)")",
      widest: PanelMetrics.widestLongName)
    columns = table.children.map {
      TextWidth.fitted($0.name.line, to: Self.side, size: SVGStyle.tableSize, weight: .bold)
    }
    self.classes = classes
    self.table = table
    ranges = table.children.indices.map { column in
      let ends = (0..<table.rowCount).flatMap { row -> [Double] in
        let reach = 2.8 * table.covariance(row, column, column).squareRoot()
        return [table.mean(row, column) - reach, table.mean(row, column) + reach]
      }
      return (ends.min() ?? 0)...(ends.max() ?? 1)
    }
  }

  private var cells: Int { columns.count - 1 }

  var extent: Extent {
    let length = Double(cells) * (Self.side + Self.gap) - Self.gap
    return Extent(
      width: max(Self.axisWidth + length + 4, PanelMetrics.nameWidth(name)),
      height: PanelMetrics.headHeight + length + Self.axisHeight)
  }

  func write(to svg: inout SVGWriter, at origin: Point) {
    svg.addText(name, class: "panel", at: Point(x: origin.x, y: origin.y + 11))
    for row in 0..<cells {
      for column in 0...row {
        let box = Box(
          origin: Point(
            x: origin.x + Self.axisWidth + Double(column) * (Self.side + Self.gap),
            y: origin.y + PanelMetrics.headHeight + Double(row) * (Self.side + Self.gap)),
          extent: Extent(width: Self.side, height: Self.side))
        write(x: column, y: row + 1, in: box, to: &svg)
        if column == 0 { writeAxis(ofRow: row + 1, beside: box, to: &svg) }
        if row == cells - 1 { writeAxis(ofColumn: column, below: box, to: &svg) }
      }
    }
  }

  private func write(x: Int, y: Int, in box: Box, to svg: inout SVGWriter) {
    svg.addRectangle(box, "class=\"frame\"")
    var taken: [Box] = []
    for (row, mark) in classes.enumerated() {
      let ellipse = Ellipse(
        mean: Point(x: table.mean(row, x), y: table.mean(row, y)),
        covariance: (table.covariance(row, x, x), table.covariance(row, x, y), table.covariance(row, y, y))
      ) { Point(x: place($0.x, ranges[x], box.left, box.right), y: place($0.y, ranges[y], box.bottom, box.top)) }
      svg.add("<path \(mark.fill) fill-opacity=\"0.14\" \(mark.stroke) d=\"\(ellipse.path)\"/>")
      write(mark.label, of: ellipse, besides: &taken, in: box, to: &svg)
    }
  }

  /// The name of a class at the first of its places that is free; nowhere when none is.
  private func write(
    _ label: String, of ellipse: Ellipse, besides taken: inout [Box], in box: Box, to svg: inout SVGWriter
  ) {
    guard !label.isEmpty else { return }
    let text = TextWidth.fitted(label, to: 90, size: SVGStyle.tableSize)
    let size = Extent(width: TextWidth.of(text, size: SVGStyle.tableSize), height: 11)
    for anchor in ellipse.anchors {
      let label = Box(
        origin: Point(x: anchor.x - size.width / 2, y: anchor.y - size.height / 2), extent: size)
      let isInside =
        label.left >= box.left && label.right <= box.right && label.top >= box.top && label.bottom <= box.bottom
      guard isInside, !taken.contains(where: { $0.overlaps(label) }) else { continue }
      taken.append(label)
      svg.addText(text, class: "halo middle", at: Point(x: anchor.x, y: anchor.y + 4))
      return
    }
  }

  private func writeAxis(ofColumn column: Int, below box: Box, to svg: inout SVGWriter) {
    var end = -Double.infinity
    for value in Ticks.between(ranges[column].lowerBound, ranges[column].upperBound, about: 3) {
      let (x, text) = (place(value, ranges[column], box.left, box.right), Ticks.text(value))
      svg.addLine(from: Point(x: x, y: box.bottom), to: Point(x: x, y: box.bottom + 3), class: "axis")
      let half = TextWidth.of(text, size: SVGStyle.tickSize) / 2
      guard x - half > end else { continue }
      svg.addText(text, class: "tick middle", at: Point(x: x, y: box.bottom + 13))
      end = x + half + 3
    }
    svg.addText(
      columns[column], class: "caption middle", at: Point(x: box.left + box.extent.width / 2, y: box.bottom + 27))
  }

  private func writeAxis(ofRow row: Int, beside box: Box, to svg: inout SVGWriter) {
    for value in Ticks.between(ranges[row].lowerBound, ranges[row].upperBound, about: 3) {
      let y = place(value, ranges[row], box.bottom, box.top)
      svg.addLine(from: Point(x: box.left - 3, y: y), to: Point(x: box.left, y: y), class: "axis")
      let text = TextWidth.fitted(Ticks.text(value), to: Self.axisWidth - 20, size: SVGStyle.tickSize)
      svg.addText(text, class: "tick right", at: Point(x: box.left - 5, y: y + 3))
    }
    let (x, y) = (box.left - Self.axisWidth + 11, box.top + box.extent.height / 2)
    svg.add(
      "<text class=\"caption middle\" transform=\"translate(\(number(x)) \(number(y))) rotate(-90)\">"
        + "\(columns[row].markup)</text>")
  }

  private func place(_ value: Double, _ range: ClosedRange<Double>, _ start: Double, _ end: Double) -> Double {
    start + (value - range.lowerBound) / (range.upperBound - range.lowerBound) * (end - start)
  }
}

extension Box {
  fileprivate func overlaps(_ other: Box) -> Bool {
    left < other.right && other.left < right && top < other.bottom && other.top < bottom
  }
}

extension ConditionalTable {
  /// The mean of a column of a normal distribution in a configuration.
  fileprivate func mean(_ row: Int, _ column: Int) -> Double { cells[range(ofRow: row).lowerBound + column] }

  /// The covariance of two columns of a normal distribution in a configuration.
  fileprivate func covariance(_ row: Int, _ a: Int, _ b: Int) -> Double {
    let (low, high) = (min(a, b), max(a, b))
    return cells[range(ofRow: row).lowerBound + children.count + high * (high + 1) / 2 + low]
  }
}
