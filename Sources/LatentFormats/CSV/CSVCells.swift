internal import LatentData

/// The cells of some columns of equal length, row by row.
package struct CSVCells {
  private let encoder: CSVCellEncoder
  private let parts: [Part]
  private var spellings: CSVSpellings
  /// The rows that `numbers` are about.
  private var block = 0..<0
  /// Per part that holds states: the number of the spelling of each of its cells in the block, row by row.
  private var numbers: [[Int32]]
  private let rowCount: Int

  /// What spells neighbouring columns.
  private enum Part {
    case states([StateColumn])
    case numbers([Double])
    case reals([Double])
    case texts([String?])
    case kept(CSVText)
  }

  private struct StateColumn {
    let codes: [StateCode]
    /// The number of the spelling of a missing cell; those of the states follow.
    let first: Int
  }

  private static let blockRows = 128

  /// - columns: all of equal length.
  package init(_ columns: [CSVColumn], _ encoder: CSVCellEncoder) {
    rowCount = columns.first?.rowCount ?? 0
    precondition(columns.allSatisfy { [rowCount] in $0.rowCount == rowCount }, "columns are of equal length")
    self.encoder = encoder
    spellings = CSVSpellings(encoder)
    var parts: [Part] = []
    var neighbours: [StateColumn] = []
    for column in columns {
      let part: Part
      switch column {
      case .codes(let codes, let states):
        let missing = spellings.add(MissingTokens.standard.first { !states.contains($0) })
        for state in states { _ = spellings.add(state) }
        neighbours.append(StateColumn(codes: codes, first: missing))
        continue
      case .numbers(let numbers): part = .numbers(numbers)
      case .reals(let numbers): part = .reals(numbers)
      case .texts(let texts): part = .texts(texts)
      case .kept(let text): part = .kept(text)
      }
      parts += neighbours.isEmpty ? [part] : [.states(neighbours), part]
      neighbours = []
    }
    self.parts = neighbours.isEmpty ? parts : parts + [.states(neighbours)]
    numbers = [[Int32]](repeating: [], count: self.parts.count)
  }

  /// Appends the cells of a row; quickest when rows come in order.
  package mutating func append(row: Int, to line: inout ByteBuffer) {
    if !block.contains(row), !parts.isEmpty { prepare(row..<min(row + Self.blockRows, rowCount)) }
    for (number, part) in parts.enumerated() {
      switch part {
      case .states(let columns):
        let start = (row - block.lowerBound) * columns.count
        numbers[number].withUnsafeBufferPointer {
          for index in start..<start + columns.count { spellings.append(Int($0[index]), to: &line) }
        }
      case .numbers(let numbers): encoder.append(numbers[row], to: &line)
      case .reals(let numbers):
        if let whole = Int(exactly: numbers[row]), whole.magnitude < 1 << 53 {
          encoder.append(whole == 0 && numbers[row].sign == .minus ? "-0" : "\(whole)", to: &line)
        } else {
          encoder.append(numbers[row], to: &line)
        }
      case .texts(let texts): encoder.append(texts[row], to: &line)
      case .kept(let text): encoder.append(text[row], to: &line)
      }
    }
  }

  /// Looks up the spellings of a block of rows column by column, which reads each column from front to back.
  private mutating func prepare(_ rows: Range<Int>) {
    block = rows
    for (number, part) in parts.enumerated() {
      guard case .states(let columns) = part else { continue }
      numbers[number].removeAll(keepingCapacity: true)
      numbers[number].append(contentsOf: repeatElement(0, count: rows.count * columns.count))
      numbers[number].withUnsafeMutableBufferPointer { numbers in
        for (position, column) in columns.enumerated() {
          let first = Int32(column.first + 1)
          column.codes.withUnsafeBufferPointer { codes in
            for (index, row) in rows.enumerated() {
              numbers[index &* columns.count &+ position] = first &+ Int32(codes[row])
            }
          }
        }
      }
    }
  }
}
