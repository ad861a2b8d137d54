/// What nodes of equal arithmetic share: the numbers of states and the strides of their inputs, but no variable.
///
/// A node computes `message[s] = Σ_x Π_k input_k[index_k[s] + x]` over the joint states s of its separator and the
/// states x of the variable that it eliminates. A node that only multiplies has one state x.
///
/// Every input is laid out alike: the variable that is eliminated first varies fastest, the one that is eliminated last
/// slowest. So nodes that differ in where their tables come from have the same signature, and the states x stand side
/// by side.
struct Signature: Hashable {
  /// The numbers of states of the separator's variables; the last varies fastest.
  let separator: [Int32]
  /// The number of states of the eliminated variable, 1 when there is none.
  let eliminated: Int32
  let inputCount: Int
  /// Per input: the stride of each separator variable; 0 where it does not occur.
  let strides: [Int32]

  /// The stride of a variable of the separator in an input.
  func stride(ofAxis axis: Int, input: Int) -> Int { Int(strides[input * separator.count + axis]) }

  /// How many inputs depend on the separator; they come first. All where none does.
  var varyingCount: Int {
    let count = (0..<inputCount).prefix { input in
      separator.indices.contains { stride(ofAxis: $0, input: input) != 0 }
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
        let stride = Int32(stride(ofAxis: axis, input: input))
        positions = positions.flatMap { position in (0..<cardinality).map { position + $0 * stride } }
      }
      table += positions
    }
    return table
  }
}
