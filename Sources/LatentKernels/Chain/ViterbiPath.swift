/// The most probable path through the states of a chain (Viterbi 1967), in logarithms.
public struct ViterbiPath {
  private let steps: ChainSteps
  private let count: Int
  private let logInitial: [Double]
  private let logTransition: [Double]
  /// For each step of the sequence at hand and each state, the state before it.
  private var before: [Int16] = []
  /// Logarithms of shared messages, by where these begin.
  private var logsOfShared: [Int32: [Double]] = [:]

  /// Paths of these steps.
  ///
  /// - initial, transition: how many numbers the distributions of the steps have in all.
  public init(_ steps: ChainSteps, initial: Int, transition: Int) {
    self.steps = steps
    count = steps.states
    logInitial = (0..<initial).map { naturalLog(steps.initial[$0]) }
    logTransition = (0..<transition).map { naturalLog(steps.transition[$0]) }
  }

  /// How far apart the logarithms of two paths may be that count as equally probable; the state listed first is taken.
  private static let tie = 1e-12

  /// Writes the states of a sequence to its steps.
  public mutating func decode(_ sequence: Range<Int>, into path: inout [Int16]) {
    guard !sequence.isEmpty else { return }
    if before.count < sequence.count * count { before = [Int16](repeating: 0, count: sequence.count * count) }
    var scores = [Double](repeating: 0, count: count)
    var next = scores
    for step in sequence {
      let logs = logMessage(step)
      let configuration = Int(steps.configurations?[step] ?? 0)
      if step == sequence.lowerBound {
        for state in 0..<count { next[state] = logInitial[configuration * count + state] + logs[state] }
      } else {
        let links = (step - sequence.lowerBound) * count
        advance(scores, &next, logs, transition: configuration * count * count, links: links)
      }
      // Scores stay near 0, so that ties are told apart to the same digits everywhere.
      let largest = next.max() ?? 0
      if largest > -.infinity { for state in 0..<count { next[state] -= largest } }
      swap(&scores, &next)
    }
    let largest = scores.max() ?? 0
    var state = scores.firstIndex { $0 >= largest - Self.tie } ?? 0
    for step in sequence.reversed() {
      path[step] = Int16(state)
      if step > sequence.lowerBound { state = Int(before[(step - sequence.lowerBound) * count + state]) }
    }
  }

  private mutating func advance(
    _ scores: [Double], _ next: inout [Double], _ logs: [Double], transition: Int, links: Int
  ) {
    let count = count
    scores.withUnsafeBufferPointer { scores in
      logTransition.withUnsafeBufferPointer { transitions in
        next.withUnsafeMutableBufferPointer { next in
          before.withUnsafeMutableBufferPointer { before in
            for state in 0..<count {
              var best = -Double.infinity
              var link = 0
              for from in 0..<count {
                let score = scores[from] + transitions[transition + from * count + state]
                if score > best + Self.tie {
                  best = score
                  link = from
                }
              }
              next[state] = best + logs[state]
              before[links + state] = Int16(link)
            }
          }
        }
      }
    }
  }

  private mutating func logMessage(_ step: Int) -> [Double] {
    let source = steps.sources[step]
    let message = steps.message(step)
    guard source >= 0 else { return (0..<count).map { naturalLog(message[$0]) } }
    if let known = logsOfShared[source] { return known }
    let logs = (0..<count).map { naturalLog(message[$0]) }
    logsOfShared[source] = logs
    return logs
  }
}
