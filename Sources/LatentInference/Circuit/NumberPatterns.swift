internal import LatentData
internal import LatentKernels
internal import LatentModels

/// The patterns in which rows observe the numbers of families: rows of one pattern have densities of the same kind, and
/// add to the same moments, a row of densities and one of moments per configuration of the parents.
struct NumberPatterns {
  /// Which numbers of a family are observed.
  struct Pattern {
    let family: Family
    let law: any NumericLaw
    /// Positions among the children of the family, ascending; at least one.
    let observed: [Int]
    /// How the densities are computed.
    let kind: Kind
    /// How many numbers the moments of one configuration have.
    let momentCount: Int

    /// How many numbers the moments of all configurations have.
    var allMomentCount: Int { family.configurations * momentCount }

    /// The positions of the moments in one configuration of the parents.
    private func moments(in configuration: Int) -> Range<Int> {
      configuration * momentCount..<(configuration + 1) * momentCount
    }
  }

  /// The kinds of densities.
  enum Kind {
    /// A normal distribution of one number.
    case gaussian
    case poisson
    /// A normal distribution of several numbers.
    case block(GaussianBlock)
  }

  private(set) var patterns: [Pattern] = []
  private var numbers: [[Int]: Int] = [:]

  /// The number of a pattern, which is added where it is new.
  mutating func number(of family: Family, observed: [Int]) -> Int {
    let key = [family.child.index] + observed
    if let number = numbers[key] { return number }
    guard let law = family.numericBehavior else { preconditionFailure("\(family.name) has states, not numbers") }
    numbers[key] = patterns.count
    patterns.append(
      Pattern(
        family: family, law: law, observed: observed, kind: Self.kind(of: family, observed: observed.count),
        momentCount: law.momentCount(observed: observed.count)))
    return patterns.count - 1
  }

  /// The number of a pattern that is there.
  func known(_ family: Family, observed: [Int]) -> Int {
    guard let number = numbers[[family.child.index] + observed] else {
      preconditionFailure("a pattern that some row has")
    }
    return number
  }

  private static func kind(of family: Family, observed: Int) -> Kind {
    switch family.law {
    case .table: preconditionFailure("\(family.name) has states, not numbers")
    case .poisson: .poisson
    case .gaussian where observed == 1: .gaussian
    case .gaussian(.full), .gaussian(.tied): .block(GaussianBlock(dimension: observed, form: .full))
    case .gaussian(.diagonal), .gaussian(.spherical): .block(GaussianBlock(dimension: observed, form: .diagonal))
    }
  }
}

extension NumberPatterns.Pattern {
  /// Adds to the statistics what the moments of all configurations are expected to add.
  ///
  /// - offset: which statistics of the network come first among `statistics`.
  func complete(
    _ moments: [Double], _ policy: CompletionPolicy, _ parameters: UnsafeBufferPointer<Double>, _ frame: Frame,
    into statistics: UnsafeMutableBufferPointer<Double>, from offset: Int
  ) {
    let axes = frame.axes(of: family)
    for configuration in 0..<family.configurations {
      law.complete(
        moments[self.moments(in: configuration)], observed: observed, policy,
        Array(parameters[family.parameters(in: configuration)])[...], axes,
        into: UnsafeMutableBufferPointer(
          rebasing: statistics[family.statistics(in: configuration).shifted(by: -offset)]))
    }
  }

  /// The same where the densities of the observed numbers of a block are there already.
  func complete(
    _ moments: UnsafeBufferPointer<Double>, _ policy: CompletionPolicy, densities: UnsafePointer<Double>,
    _ parameters: UnsafeBufferPointer<Double>, _ frame: Frame,
    into statistics: UnsafeMutableBufferPointer<Double>, from offset: Int
  ) {
    guard case .block(let block) = kind, block.form == .full, observed.count < family.children.count,
      let law = law as? GaussianLaw
    else { return complete(Array(moments), policy, parameters, frame, into: statistics, from: offset) }
    law.complete(
      moments.baseAddress!, configurations: family.configurations, observed: observed, densities: densities,
      parameters.baseAddress! + family.parameters(in: 0).lowerBound, frame.axes(of: family),
      addingTo: statistics.baseAddress! + family.statistics(in: 0).lowerBound - offset)
  }

  /// The log-likelihood of what the moments of all configurations were counted from.
  func score(_ moments: [Double], _ parameters: [Double], _ frame: Frame) -> Double {
    let axes = frame.axes(of: family)
    return (0..<family.configurations).reduce(0) {
      $0
        + law.marginalScore(
          parameters[family.parameters(in: $1)], moments: moments[self.moments(in: $1)], observed: observed, axes)
    }
  }
}

extension Range<Int> {
  fileprivate func shifted(by distance: Int) -> Range<Int> { lowerBound + distance..<upperBound + distance }
}
