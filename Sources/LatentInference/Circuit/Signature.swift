/// What nodes of equal arithmetic share: the numbers of states and the strides of their inputs, but no variable.
///
/// A node computes `message[s] = Σ_x Π_k input_k[index_k[s] + x]` over the joint states s of its separator and the
/// states x of the variable that it eliminates. A node that only multiplies has one state x.
///
/// Every input is laid out alike: the variable that is eliminated first varies fastest, the one that is eliminated last
/// slowest. So nodes that differ in where their tables come from have the same signature, and the states x stand side
/// by side.
struct Signature: Sendable {
  /// The number of joint states of the separator.
  let cells: Int
  /// The number of states of the eliminated variable, 1 when there is none.
  let states: Int
  let inputs: Int
  /// How many of the inputs, the first ones, depend on the separator; all where none does.
  let varying: Int
  /// Per input: the stride of each separator variable, of which the last varies fastest; 0 where it does not occur.
  let strides: [Int32]
  /// Where the index table starts among those of all signatures: for each input, the position within it of every joint
  /// state of the separator, `cells` entries an input.
  let indexStart: Int

  /// - separator: the numbers of states of the separator's variables; the last varies fastest.
  init(
    separator: [Int32], states: Int, inputs: Int, strides: [Int32], appendingIndicesTo indices: inout [Int32]
  ) {
    cells = separator.reduce(1) { $0 * Int($1) }
    self.states = states
    self.inputs = inputs
    self.strides = strides
    indexStart = indices.count
    let axes = separator.count
    let varying = (0..<inputs).prefix { strides[$0 * axes..<($0 + 1) * axes].contains { $0 != 0 } }.count
    self.varying = varying > 0 ? varying : inputs
    for input in 0..<inputs {
      var positions: [Int32] = [0]
      for (stride, cardinality) in zip(strides[(input * axes)...], separator) {
        positions = positions.flatMap { position in (0..<cardinality).map { position + $0 * stride } }
      }
      indices += positions
    }
  }

  /// Whether the separator is empty: the message of such a node is a likelihood.
  var isRoot: Bool { strides.isEmpty }
}
