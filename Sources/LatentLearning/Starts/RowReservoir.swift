internal import LatentData
internal import LatentKernels

/// A uniform sample of the rows that a fit reads, of limited size: a fit keeps no rows, and a start wants to look at some.
///
/// Of few rows it holds all, in their order; of many, each with the same probability (Vitter 1985, algorithm R). The draws
/// depend on the number of rows and nothing else: not on the blocks in which they come, nor on the seed of any start.
struct RowReservoir {
  /// The rows of the sample with their weights.
  private(set) var table: Table
  private let capacity: Int
  private var rowsSeen = 0
  private var random = SplitMix64(seed: 0)

  /// An empty sample of at most `capacity` rows.
  init(schema: Schema, capacity: Int) {
    self.capacity = capacity
    table = Table(checked: schema, joining: [])
  }

  /// A sample that takes some megabytes at most, however many variables there are.
  init(schema: Schema) {
    self.init(schema: schema, capacity: max(256, min(4096, (1 << 21) / max(1, schema.count))))
  }

  /// Adds the rows of positive weight.
  mutating func add(_ block: Table) {
    // Members below `kept` are rows of the sample so far, the others rows of the block.
    let kept = table.rowCount
    var members = Array(0..<kept)
    for row in 0..<block.rowCount where block.weights[row] > 0 {
      rowsSeen += 1
      if members.count < capacity {
        members.append(kept + row)
      } else {
        let position = Int.random(in: 0..<rowsSeen, using: &random)
        if position < capacity { members[position] = kept + row }
      }
    }
    let new = members.filter { $0 >= kept }
    guard !new.isEmpty else { return }
    let places = Dictionary(uniqueKeysWithValues: zip(new, kept...))
    table = Table(checked: table.schema, joining: [table, block.selecting(new.map { $0 - kept })])
      .selecting(members.map { places[$0] ?? $0 })
  }
}
