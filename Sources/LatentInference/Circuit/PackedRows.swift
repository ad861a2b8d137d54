internal import LatentData
internal import LatentModels

/// Rows in words, as a layout says.
struct PackedRows {
  /// When a block of columns counts as hidden.
  enum Hiding {
    /// Where no column of it is observed.
    case allColumns
    /// Where any column is missing: something is then to be said about it.
    case anyColumn
  }

  private(set) var codes: [UInt64] = []
  private(set) var hidden: [UInt64] = []
  /// The observed columns of blocks.
  private(set) var patterns: [UInt64] = []

  /// Packs rows of a table.
  mutating func pack(_ table: Table, rows: Range<Int>, _ layout: borrowing RowLayout, _ hiding: Hiding) {
    codes = [UInt64](repeating: 0, count: rows.count * layout.rowWords)
    hidden = [UInt64](repeating: 0, count: rows.count * layout.maskWords)
    patterns = [UInt64](repeating: 0, count: rows.count * layout.patternWords)
    for (index, id) in layout.order.enumerated() {
      if layout.patternStarts[index] >= 0 {
        packBlock(index, table, rows: rows, layout, hiding)
        continue
      }
      let bit: UInt64 = 1 << UInt64(index % 64)
      let (word, shift) = (layout.word[index], layout.shift[index])
      switch table.columns[id.index] {
      case .absent:
        for offset in 0..<rows.count { hidden[offset * layout.maskWords + index / 64] |= bit }
      case .reals(let values):
        for (offset, row) in rows.enumerated() where values[row].isNaN {
          hidden[offset * layout.maskWords + index / 64] |= bit
        }
      case .codes(let column):
        for (offset, row) in rows.enumerated() {
          let code = column[row]
          if code < 0 {
            hidden[offset * layout.maskWords + index / 64] |= bit
          } else {
            codes[offset * layout.rowWords + word] |= UInt64(code) << shift
          }
        }
      }
    }
  }

  private mutating func packBlock(
    _ index: Int, _ table: Table, rows: Range<Int>, _ layout: borrowing RowLayout, _ hiding: Hiding
  ) {
    let children = layout.family(index).children
    var observed = [Int](repeating: 0, count: rows.count)
    for (position, child) in children.enumerated() {
      guard case .reals(let values) = table.columns[child.index] else { continue }
      let bit = layout.patternStarts[index] + position
      for (offset, row) in rows.enumerated() where !values[row].isNaN {
        patterns[offset * layout.patternWords + bit / 64] |= 1 << UInt64(bit % 64)
        observed[offset] += 1
      }
    }
    let least = hiding == .anyColumn ? children.count : 1
    for offset in 0..<rows.count where observed[offset] < least {
      hidden[offset * layout.maskWords + index / 64] |= 1 << UInt64(index % 64)
    }
  }
}
