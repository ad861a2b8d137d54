internal import LatentData
internal import LatentModels

/// The conditional probability tables in print, side by side below the network.
struct SVGTables {
  /// What all tables take.
  let extent: Extent

  private let tables: [PrintedTable]
  private let origins: [Point]

  private static let gap = 30.0
  private static let headHeight = 34.0
  private static let narrowest = 900.0
  /// The width of the widest table that is printed: that of a block of many columns is in its tooltip.
  private static let widest = 1000.0

  /// The tables of all variables that have one, in rows at least as wide as the network; nil when none is printed.
  init?(_ drawing: NetworkDrawing, width: Double) {
    let model = drawing.model
    tables = drawing.vertices.compactMap { vertex in
      let id = vertex.members[0]
      let table = model.table(of: id).map { PrintedTable(model, id, $0, unseen: drawing.unseen[id] ?? []) }
      return table.flatMap { $0.extent.width <= Self.widest ? $0 : nil }
    }
    if tables.isEmpty { return nil }
    let packing = ShelfPacking(tables.map(\.extent), width: max(width, Self.narrowest), gap: Self.gap)
    origins = packing.origins
    extent = Extent(width: packing.extent.width, height: packing.extent.height + Self.headHeight)
  }

  func write(to svg: inout SVGWriter, at origin: Point, width: Double) {
    svg.addLine(from: origin, to: Point(x: origin.x + width, y: origin.y), class: "divider")
    for (table, offset) in zip(tables, origins) {
      table.write(to: &svg, at: Point(x: origin.x + offset.x, y: origin.y + offset.y + Self.headHeight))
    }
  }
}

/// One table: the states of the parents as row labels, those of the variable as columns.
private struct PrintedTable {
  let caption: String
  let extent: Extent

  /// The columns of numbers, the others hold labels.
  private let numbers: Range<Int>
  private let header: [String]
  private let rows: [[String]]
  private let widths: [Double]

  private static let rowHeight = 15.0
  private static let gap = 12.0
  private static let widest = 110.0

  /// - unseen: the rows for which there are no data; a last column says so.
  init(_ model: Model, _ id: VariableID, _ table: ConditionalTable, unseen: [Int]) {
    numbers = table.axisNames.count..<table.axisNames.count + table.headings.count
    caption = TableText(model: model, id: id, unseen: unseen).caption.line
    header = (table.axisNames + table.headings).map(Self.fitted) + (unseen.isEmpty ? [] : [""])
    let marked = Set(unseen)
    rows = (0..<table.rowCount).map { row in
      table.axisStates(ofRow: row).map(Self.fitted) + table.texts(ofRow: row)
        + (marked.isEmpty ? [] : [marked.contains(row) ? ConditionalTable.noData : ""])
    }
    let all = [header] + rows
    widths = header.indices.map { column in
      all.map { TextWidth.of($0[column], size: SVGStyle.tableSize) }.max() ?? 0
    }
    let width = widths.reduce(0, +) + Self.gap * Double(widths.count - 1)
    extent = Extent(
      width: max(width, TextWidth.of(caption, size: SVGStyle.tableSize, weight: .bold)),
      height: Self.rowHeight * Double(rows.count + 1) + 4)
  }

  private static func fitted(_ text: String) -> String {
    TextWidth.fitted(text.line, to: widest, size: SVGStyle.tableSize)
  }

  func write(to svg: inout SVGWriter, at origin: Point) {
    svg.addText(caption, class: "caption", at: origin)
    var baseline = origin.y + Self.rowHeight + 1
    write(header, at: Point(x: origin.x, y: baseline), to: &svg)
    let rule = widths.reduce(0, +) + Self.gap * Double(widths.count - 1)
    svg.addLine(
      from: Point(x: origin.x, y: baseline + 4), to: Point(x: origin.x + rule, y: baseline + 4), class: "rule")
    baseline += 3
    for row in rows {
      baseline += Self.rowHeight
      write(row, at: Point(x: origin.x, y: baseline), to: &svg)
    }
  }

  /// Labels begin at the left of their columns, numbers end at the right.
  private func write(_ row: [String], at origin: Point, to svg: inout SVGWriter) {
    var x = origin.x
    for (column, text) in row.enumerated() {
      let isNumber = numbers.contains(column)
      svg.addText(
        text, class: isNumber ? "right" : "state", at: Point(x: isNumber ? x + widths[column] : x, y: origin.y))
      x += widths[column] + Self.gap
    }
  }
}
