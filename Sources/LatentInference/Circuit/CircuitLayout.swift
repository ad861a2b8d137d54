/// The order of nodes in memory: by batch, then age; the roots last, and there by signature, then weight.
///
/// Roots of equal weight are scattered: by age, neighbours would often add to the same cells one right after the other,
/// and each addition would wait for the one before.
struct CircuitLayout {
  /// Where the nodes of a group stand, and where their inputs.
  struct Group {
    let signature: Int
    let count: Int
    /// Which input of the signature is the group's first, since many nodes have it in common with the node before; nil
    /// where there is no such input. The others follow in order.
    let shared: Int?
    /// Where the inputs of the group start in `inputs`: `count` positions for its first input, then for the second, …
    let inputStart: Int
    /// Where the messages of the group start in the buffers.
    let messageStart: Int
    /// The number, in layout order, of the first node.
    let firstNode: Int

    /// The input of the signature that is the group's k-th.
    func signatureInput(_ k: Int) -> Int {
      guard let shared else { return k }
      return k == 0 ? shared : k <= shared ? k - 1 : k
    }
  }

  private(set) var groups: [Group] = []
  private(set) var firstRootGroup = 0
  private(set) var firstRootNode = 0
  /// The weight of each root, in layout order.
  private(set) var rootWeights: [Double] = []
  private(set) var inputs: [Int32] = []
  /// Where the message of each node starts; nodes as numbered by the builder.
  private(set) var messagePositions: [Int32]
  private(set) var valueCount: Int

  /// - weights: the weight of each node, 0 for those that are not roots.
  init(
    builder: borrowing NodeBuilder, signatures: [Signature], weights: [Double], messageStart: Int
  ) {
    let count = builder.nodes.count
    messagePositions = [Int32](repeating: 0, count: count)
    valueCount = messageStart
    let isRoot = signatures.map(\.isRoot)
    var order = BatchSchedule(
      builder, signatureCount: signatures.count, inputs: signatures.map(\.inputs), isIncluded: isRoot.map { !$0 }
    ).batches
    firstRootGroup = order.count
    var roots = [[Int32]](repeating: [], count: signatures.count)
    for node in 0..<count {
      let signature = builder.signature(node)
      if isRoot[signature] { roots[signature].append(Int32(node)) } else { firstRootNode += 1 }
    }
    order += roots.filter { !$0.isEmpty }
    for number in order.indices {
      let signature = builder.signature(Int(order[number][0]))
      var shared: Int?
      if isRoot[signature] {
        shared = Self.sharedInput(of: order[number], builder, signatures[signature].inputs)
        func source(_ node: Int32) -> Int { shared.map { builder.input(Int(node), $0) } ?? 0 }
        order[number].sort {
          (weights[Int($0)], source($0), scatter($0), $0) < (weights[Int($1)], source($1), scatter($1), $1)
        }
        rootWeights += order[number].map { weights[Int($0)] }
      }
      append(order[number], signature, signatures[signature], shared: shared)
    }
    for (group, nodes) in zip(groups, order) {
      for k in 0..<signatures[group.signature].inputs {
        let input = group.signatureInput(k)
        for node in nodes {
          let source = builder.input(Int(node), input)
          inputs.append(source >= 0 ? Int32(source) : messagePositions[~source])
        }
      }
    }
  }

  /// The input that has the fewest values among some roots, if each is that of several: for shorter runs, finding where
  /// they end costs more than they save.
  private static func sharedInput(of nodes: [Int32], _ builder: borrowing NodeBuilder, _ inputs: Int) -> Int? {
    guard nodes.count > 1, inputs > 1 else { return nil }
    var best = (input: 0, values: Int.max)
    for input in 0..<inputs {
      var values = Set<Int>()
      for node in nodes { values.insert(builder.input(Int(node), input)) }
      if values.count < best.values { best = (input, values.count) }
    }
    return best.values * leastRun <= nodes.count ? best.input : nil
  }

  /// How many roots must share an input on average.
  private static let leastRun = 3

  private mutating func append(_ nodes: [Int32], _ number: Int, _ signature: Signature, shared: Int?) {
    let last = groups.last
    groups.append(
      Group(
        signature: number, count: nodes.count, shared: shared, inputStart: inputEnd, messageStart: valueCount,
        firstNode: (last?.firstNode ?? 0) + (last?.count ?? 0)))
    inputEnd += nodes.count * signature.inputs
    for node in nodes {
      messagePositions[Int(node)] = Int32(valueCount)
      valueCount += signature.cells
    }
  }

  private var inputEnd = 0
}

/// A number that has nothing to do with a node's age.
private func scatter(_ node: Int32) -> UInt64 { mix(hashSeed, UInt64(node)) }
