internal import LatentData
internal import LatentModels

/// The numbers of one probability block, put in the order of `NetworkStructure`.
struct BIFTable {
  private(set) var cells: [Double] = []
  private var offsets: [Int] = []
  private let start: Int

  /// Where a row was found.
  func offset(of configuration: Int) -> Int { offsets.isEmpty ? start : offsets[configuration] }

  /// Reads the content of a block: `table`, rows keyed by parent states, `default`.
  init(
    _ block: TableHead<PlacedName, Int>, of id: VariableID, in structure: NetworkStructure, _ source: SourceText
  ) throws(FileError) {
    let content = try BIFBlockContent(block, of: id, in: structure, source)
    start = content.table?.offset ?? block.child.offset
    if let table = content.table {
      cells = try Self.transposed(table, of: id, in: structure, source)
    } else {
      (cells, offsets) = try Self.assembled(content, block, of: id, in: structure, source)
    }
  }

  /// `table` lists the child slowest and the last parent fastest.
  private static func transposed(
    _ table: BIFBlockContent.Numbers, of id: VariableID, in structure: NetworkStructure, _ source: SourceText
  ) throws(FileError) -> [Double] {
    let (width, configurations) = (structure.schema[id].cardinality, structure.family(of: id).configurations)
    let name = structure.schema[id].name
    guard table.values.count == width * configurations else {
      throw source.error(
        at: .offset(table.offset),
        "the table of \(name) needs \(width * configurations) probabilities and has \(table.values.count)")
    }
    var cells = [Double](repeating: 0, count: table.values.count)
    var sums = [Double](repeating: 0, count: configurations)
    var otherSums = sums
    for (index, value) in table.values.enumerated() {
      cells[index % configurations * width + index / configurations] = value
      sums[index % configurations] += value
      otherSums[index / width] += value
    }
    if !sums.allSatisfy(RowRescaling.isAcceptable), otherSums.allSatisfy(RowRescaling.isAcceptable) {
      throw source.error(
        at: .offset(table.offset),
        "the table of \(name) sums to 1 only when read with the child fastest, but BIF lists the child slowest; "
          + "write it as rows keyed by the parents' states")
    }
    return cells
  }

  /// Puts rows where their parent states belong and fills the others with the default.
  private static func assembled(
    _ content: BIFBlockContent, _ block: TableHead<PlacedName, Int>, of id: VariableID, in structure: NetworkStructure,
    _ source: SourceText
  ) throws(FileError) -> (cells: [Double], offsets: [Int]) {
    let (width, configurations) = (structure.schema[id].cardinality, structure.family(of: id).configurations)
    var rows: [Int: BIFBlockContent.Row] = [:]
    for row in content.rows {
      guard let first = rows.updateValue(row, forKey: row.configuration) else { continue }
      let line = source.line(of: .offset(first.offset))
      let states = structure.describe(configuration: row.configuration, of: id)
      throw source.error(
        at: .offset(row.offset),
        "the row of \(block.child.text) for \(states) is there twice, first in line \(line); remove one of the two")
    }
    if content.fallback == nil, let missing = (0..<configurations).first(where: { rows[$0] == nil }) {
      let states = structure.describe(configuration: missing, of: id)
      let flaw = states.isEmpty ? "no probabilities; add a 'table'" : "no row for \(states); add it, or a 'default'"
      throw source.error(at: .offset(block.child.offset), "the block of \(block.child.text) has \(flaw)")
    }
    var cells: [Double] = []
    var offsets: [Int] = []
    cells.reserveCapacity(width * configurations)
    offsets.reserveCapacity(configurations)
    for configuration in 0..<configurations {
      if let row = rows[configuration] {
        cells.append(contentsOf: content.values[row.first..<row.first + width])
        offsets.append(row.offset)
      } else if let fallback = content.fallback {
        cells.append(contentsOf: fallback.values)
        offsets.append(fallback.offset)
      }
    }
    return (cells, offsets)
  }
}
