internal import LatentData

/// The rows of the components of one shape that read observed numbers.
struct OpenRows {
  /// The variables whose numbers are read, those of a family side by side; none for a closed shape.
  let variables: [VariableID]
  /// The instance of each row: what it has besides its numbers.
  private(set) var instances: [Int32] = []
  private(set) var weights: [Double] = []
  /// The numbers, `variables.count` a row.
  private(set) var numbers: [Double] = []

  init(variables: [VariableID]) { self.variables = variables }

  var count: Int { instances.count }

  /// Adds a row of a table, whose numbers come by variable.
  mutating func append(_ instance: Int, weight: Double, row: Int, _ columns: [[Double]]) {
    instances.append(Int32(instance))
    weights.append(weight)
    for variable in variables { numbers.append(columns[variable.index][row]) }
  }

  /// The numbers of a row.
  func numbers(ofRow row: Int) -> ArraySlice<Double> {
    numbers[row * variables.count..<(row + 1) * variables.count]
  }

  /// The rows of the instances that have an entry, with that entry in place of the instance's number; nil where there
  /// are none.
  func selecting(_ starts: [Int32: Int32]) -> OpenRows? {
    guard !variables.isEmpty else { return nil }
    var selected = self
    if instances.allSatisfy({ starts[$0] != nil }) {
      selected.instances = instances.map { starts[$0] ?? 0 }
    } else {
      let rows = instances.indices.filter { starts[instances[$0]] != nil }
      selected.instances = rows.map { starts[instances[$0]] ?? 0 }
      selected.weights = rows.map { weights[$0] }
      selected.numbers = rows.flatMap { numbers[$0 * variables.count..<($0 + 1) * variables.count] }
    }
    return selected.count > 0 ? selected : nil
  }
}
