/// What nodes of equal arithmetic share: the numbers of states and the strides of their inputs, but no variable.
///
/// A node computes `message[s] = Σ_x Π_k input_k[index_k[s] + x · stride_k]` over the joint states s of its separator
/// and the states x of the variable that it eliminates. A node that only multiplies has one state x.
struct Signature: Hashable {
  /// The numbers of states of the separator's variables; the last varies fastest.
  let separator: [Int32]
  /// The number of states of the eliminated variable, 1 when there is none.
  let eliminated: Int32
  /// Per input: the stride of each separator variable, then that of the eliminated one; 0 where it does not occur.
  let strides: [Int32]

  var inputCount: Int { strides.count / (separator.count + 1) }

  /// How many inputs depend on the separator; they come first. All where none does.
  var varyingCount: Int {
    let count = (0..<inputCount).prefix { input in
      strides[input * (separator.count + 1)..<(input + 1) * (separator.count + 1) - 1].contains { $0 != 0 }
    }.count
    return count > 0 ? count : inputCount
  }

  /// The number of joint states of the separator.
  var cells: Int { separator.reduce(1) { $0 * Int($1) } }

  /// For each input, the position within it of every joint state of the separator: `cells` entries an input.
  func indexTable() -> [Int32] {
    var table: [Int32] = []
    table.reserveCapacity(inputCount * cells)
    for input in 0..<inputCount {
      var positions: [Int32] = [0]
      for (axis, cardinality) in separator.enumerated() {
        let stride = strides[input * (separator.count + 1) + axis]
        positions = positions.flatMap { position in (0..<cardinality).map { position + $0 * stride } }
      }
      table += positions
    }
    return table
  }

  /// The stride of the eliminated variable in each input.
  func eliminatedStrides() -> [Int32] {
    (0..<inputCount).map { strides[$0 * (separator.count + 1) + separator.count] }
  }
}
