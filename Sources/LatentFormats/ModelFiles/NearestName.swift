/// Finds what a misspelt name was meant to be.
package enum NearestName {
  /// `; did you mean 'smoke'?` when one of the names is within a few letters of the word, otherwise the fallback.
  ///
  /// O(names · word²); names and words above 64 bytes are not compared.
  package static func remedy(for word: String, among names: some Sequence<String>, otherwise fallback: String) -> String
  {
    guard let nearest = nearest(to: word, among: names) else { return "; \(fallback)" }
    return "; did you mean '\(nearest)'?"
  }

  private static func nearest(to word: String, among names: some Sequence<String>) -> String? {
    let letters = Array(word.lowercased().utf8)
    guard letters.count <= 64 else { return nil }
    var best: (name: String, distance: Int)?
    for name in names where name.utf8.count <= 64 {
      let candidate = Array(name.lowercased().utf8)
      let allowed = max(1, max(letters.count, candidate.count) / 3)
      let distance = distance(letters, candidate)
      if distance <= allowed, distance < min(candidate.count, best?.distance ?? .max) { best = (name, distance) }
    }
    return best?.name
  }

  /// The number of letters to insert, delete or replace (Levenshtein 1966).
  private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var row = Array(0...b.count)
    for (i, letter) in a.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, other) in b.enumerated() {
        let replaced = diagonal + (letter == other ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(replaced, row[j] + 1, row[j + 1] + 1)
      }
    }
    return row[b.count]
  }
}
