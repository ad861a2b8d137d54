/// Which nodes run together, and when: as few batches of equal arithmetic as one can easily have.
///
/// A node is ready when the messages that it reads are there. A batch takes all nodes of one signature that are ready:
/// of a signature all of whose remaining nodes are, if there is one, else of the one whose nodes lie lowest on average
/// (Neubig, Goldberg and Dyer 2017, On-the-fly operation batching in dynamic computation graphs).
struct BatchSchedule {
  /// The nodes of each batch, in the order of their numbers.
  private(set) var batches: [[Int32]] = []

  private var ready: [[Int32]]
  private var remaining: [Int]
  private var pending: [Int32]
  private let users: [Int32]
  private let userStarts: [Int32]

  /// - isIncluded: the signatures that take part; no node of theirs may read a message of another.
  init(_ builder: borrowing NodeBuilder, signatureCount: Int, inputs: [Int], isIncluded: [Bool]) {
    let count = builder.nodes.count
    ready = [[Int32]](repeating: [], count: signatureCount)
    remaining = [Int](repeating: 0, count: signatureCount)
    pending = [Int32](repeating: 0, count: count)
    var depths = [Double](repeating: 0, count: signatureCount)
    var userCounts = [Int32](repeating: 0, count: count + 1)
    for node in 0..<count where isIncluded[builder.signature(node)] {
      let signature = builder.signature(node)
      remaining[signature] += 1
      depths[signature] += Double(builder.depth[node])
      for index in 0..<inputs[signature] {
        let input = builder.input(node, index)
        if input < 0 {
          pending[node] += 1
          userCounts[~input + 1] += 1
        }
      }
      if pending[node] == 0 { ready[signature].append(Int32(node)) }
    }
    for node in 0..<count { userCounts[node + 1] += userCounts[node] }
    userStarts = userCounts
    var users = [Int32](repeating: 0, count: Int(userCounts[count]))
    for node in 0..<count where isIncluded[builder.signature(node)] {
      for index in 0..<inputs[builder.signature(node)] {
        let input = builder.input(node, index)
        guard input < 0 else { continue }
        users[Int(userCounts[~input])] = Int32(node)
        userCounts[~input] += 1
      }
    }
    self.users = users
    let order = (0..<signatureCount).filter { remaining[$0] > 0 }.sorted {
      depths[$0] / Double(remaining[$0]) < depths[$1] / Double(remaining[$1])
    }
    while let signature = next(order) { take(signature, builder) }
  }

  /// The signature of the next batch; nil when there are no nodes left.
  private func next(_ order: [Int]) -> Int? {
    order.first { !ready[$0].isEmpty && ready[$0].count == remaining[$0] } ?? order.first { !ready[$0].isEmpty }
  }

  private mutating func take(_ signature: Int, _ builder: borrowing NodeBuilder) {
    let batch = ready[signature].sorted()
    ready[signature] = []
    remaining[signature] -= batch.count
    batches.append(batch)
    for node in batch {
      for index in userStarts[Int(node)]..<userStarts[Int(node) + 1] {
        let user = Int(users[Int(index)])
        pending[user] -= 1
        if pending[user] == 0 { ready[builder.signature(user)].append(Int32(user)) }
      }
    }
  }
}
