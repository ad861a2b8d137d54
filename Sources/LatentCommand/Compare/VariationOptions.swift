internal import ArgumentParser
internal import Latent

/// In which sizes and shapes one model is compared with itself.
struct VariationOptions: ParsableArguments {
  @Option(
    name: [.long, .customLong("states")], parsing: .unconditional,
    help: ArgumentHelp(
      "Vary the number of states of the one latent variable without parents: 1...6, or 2,4,8.", valueName: "n...n"))
  var components: String?

  @Option(
    help: ArgumentHelp(
      "Vary the covariance of the blocks of columns: full, diagonal, tied, spherical, with commas between; or all.",
      valueName: "names"))
  var covariance: String?

  /// The most sizes of one comparison.
  private static let mostSizes = 1000

  var areGiven: Bool { components != nil || covariance != nil }

  func validate() throws {
    _ = try sizes()
    _ = try covariances()
  }

  /// The models that a file stands for: itself, or its variations.
  func candidates(of loaded: LoadedModel) throws -> [Candidate] {
    guard areGiven else {
      return [Candidate(name: displayName(loaded.path), size: nil, covariance: nil, loaded: loaded)]
    }
    return try sizes().flatMap { size in
      try covariances().map { covariance in
        let name = [size.map { "\($0)" }, covariance?.rawValue].compactMap(\.self).joined(separator: " ")
        do {
          let model = try loaded.model.varied(states: size, covariance: covariance)
          return Candidate(name: name, size: size, covariance: covariance, loaded: LoadedModel(loaded, as: model))
        } catch {
          throw CommandError(.data, "\(displayName(loaded.path)): \(error)")
        }
      }
    }
  }

  /// The numbers of states; nil for that of the file.
  private func sizes() throws -> [Int?] {
    guard let components else { return [nil] }
    var sizes: [Int] = []
    for part in components.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: "...", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
      guard ends.count <= 2, let first = ends.first, let last = ends.last, 1 <= first, first <= last,
        last - first < Self.mostSizes
      else {
        throw ValidationError(
          "--components \(components): expected numbers of states, such as 1...6 or 2,4,8, at most \(Self.mostSizes)")
      }
      sizes += first...last
    }
    if let twice = sizes.first(where: { size in sizes.count { $0 == size } > 1 }) {
      throw ValidationError("--components \(components): \(twice) is named twice; name it once")
    }
    return sizes
  }

  /// The covariances; nil for those of the file.
  private func covariances() throws -> [Covariance?] {
    guard let covariance else { return [nil] }
    if covariance == "all" { return Covariance.allCases }
    var covariances: [Covariance] = []
    for part in covariance.split(separator: ",", omittingEmptySubsequences: false) {
      guard let one = Covariance(rawValue: String(part)), !covariances.contains(one) else {
        let known = Covariance.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("--covariance \(covariance): expected each of \(known) at most once, or all")
      }
      covariances.append(one)
    }
    return covariances
  }
}

/// A model that is to be compared with others.
struct Candidate {
  let name: String
  /// The number of states, where it is varied.
  let size: Int?
  /// The covariance of its blocks, where it is varied.
  let covariance: Covariance?
  let loaded: LoadedModel
}
