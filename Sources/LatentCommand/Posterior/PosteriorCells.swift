internal import Latent

/// The probabilities of the states of some variables, and mean and standard deviation of numbers, as cells of a table, row
/// by row.
///
/// A posterior that several rows share is spelt once and then copied, one that belongs to a single row is spelt where it
/// stands, and of the observed states there are as many spellings as states.
struct PosteriorCells {
  private let posteriors: RowPosteriors
  private let encoder: CSVCellEncoder
  private var spellings: CSVSpellings
  /// Per variable asked for: its column; and the spelling of its first state observed.
  private let asked: [(column: Column, observed: Int)]
  /// The position among those asked for, by the index of the variable.
  private let positions: [Int]
  /// Per cell of the posteriors: its spelling, or what is to become of it.
  private var spellingOfCell: [Int32]
  /// Per variable asked for: the spelling that a row has there, or the complement of the number of its posterior's cell.
  private var entries: [Int]
  /// What stands in `entries` for a number that was observed.
  private static let number = Int.max
  /// The cells of the row at hand.
  private var cells: [Int] = []

  /// A cell that occurs in one row only.
  private static let single: Int32 = -1
  /// A cell that occurs in several rows and has no spelling yet.
  private static let unspelled: Int32 = -2

  init(_ posteriors: RowPosteriors, of variables: [VariableID], _ table: Table, _ encoder: CSVCellEncoder) {
    self.posteriors = posteriors
    self.encoder = encoder
    spellings = CSVSpellings(encoder)
    var asked: [(column: Column, observed: Int)] = []
    var positions = [Int](repeating: 0, count: table.schema.count)
    for (position, id) in variables.enumerated() {
      let states = table.schema[id].states.indices
      let observed = spellings.count
      for state in states { _ = spellings.add(states.map { $0 == state ? 1 : 0 }) }
      asked.append((table.columns[id.index], observed))
      positions[id.index] = position
    }
    self.asked = asked
    self.positions = positions
    entries = [Int](repeating: 0, count: variables.count)
    var rowCounts = [UInt8](repeating: 0, count: posteriors.cellCount)
    for row in 0..<table.rowCount {
      cells.removeAll(keepingCapacity: true)
      posteriors.appendCells(ofRow: row, to: &cells)
      for cell in cells { rowCounts[cell] = min(2, rowCounts[cell] + 1) }
    }
    spellingOfCell = rowCounts.map { $0 == 1 ? Self.single : Self.unspelled }
  }

  /// Appends the cells of a row.
  mutating func append(row: Int, to line: inout ByteBuffer) {
    for (position, variable) in asked.enumerated() {
      switch variable.column {
      case .absent: break
      case .codes(let codes): entries[position] = variable.observed + Int(codes[row])
      case .reals: entries[position] = Self.number
      }
    }
    cells.removeAll(keepingCapacity: true)
    posteriors.appendCells(ofRow: row, to: &cells)
    for cell in cells { entries[positions[posteriors.variable(ofCell: cell).index]] = ~cell }
    for (position, entry) in entries.enumerated() {
      if entry == Self.number, case .reals(let values) = asked[position].column {
        for value in [values[row], 0] { encoder.append(value, to: &line) }
      } else if entry >= 0 {
        spellings.append(entry, to: &line)
      } else {
        appendPosterior(ofCell: ~entry, to: &line)
      }
    }
  }

  private mutating func appendPosterior(ofCell cell: Int, to line: inout ByteBuffer) {
    let posterior = posteriors.summary(ofCell: cell)
    if spellingOfCell[cell] == Self.single {
      for probability in posterior { encoder.append(probability, to: &line) }
    } else {
      if spellingOfCell[cell] == Self.unspelled { spellingOfCell[cell] = Int32(spellings.add(posterior)) }
      spellings.append(Int(spellingOfCell[cell]), to: &line)
    }
  }
}
