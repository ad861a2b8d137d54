import LatentData
import LatentKernels
import Testing

@Suite struct CutsTests {
  /// Intervals have their upper ends, as those of `cut` in pandas and R.
  @Test func numbersLieInTheIntervalBelowTheirCut() throws {
    let cuts = try Cuts([7.4, 9.7, 11])
    #expect([-1e9, 7.4, 7.5, 9.7, 9.8, 11, 11.1, 1e9].map(cuts.code) == [0, 0, 1, 1, 2, 2, 3, 3])
    #expect(cuts.labels == ["(-inf, 7.4]", "(7.4, 9.7]", "(9.7, 11]", "(11, inf)"])
  }

  @Test func middlesOfOuterIntervalsEndWithTheData() throws {
    let cuts = try Cuts([2, 4])
    #expect(cuts.middles(within: 0...10) == [1, 3, 7])
    #expect(cuts.middles(within: 2.5...3) == [2, 3, 4])
    #expect(cuts.middles(within: nil) == [2, 3, 4])
  }

  @Test(
    arguments: [
      ([], "the list of cuts is empty; give at least one number"),
      ([1, .infinity], "the cut inf is not a finite number; leave it out, the outer intervals are open"),
      ([1, 1], "the cut 1.0 follows 1.0; cuts rise, each is greater than the one before"),
      ([1, 2, 1.5], "the cut 1.5 follows 2.0; cuts rise, each is greater than the one before"),
    ] as [([Double], String)]) func refusesWhatCutsNothing(points: [Double], sentence: String)
  {
    #expect { try Cuts(points) } throws: { "\($0)" == sentence }
  }

  /// Wind in the air quality of New York: the quartiles that R and pandas give.
  @Test func quantilesAreThoseOfOtherPrograms() throws {
    let values = [1.7, 2.3, 2.8, 3.4, 4.0, 4.1, 4.6, 5.1, 5.7, 6.3]
    #expect(Binning.quantiles(4).cuts(of: values)?.points == [2.95, 4.05, 4.975])
    #expect(Binning.quantiles(2).cuts(of: [.nan, 1, 2, .nan, 3])?.points == [2])
    #expect(Binning.widths(4).cuts(of: [0, 1, 2, 3, 8])?.points == [2, 4])
    #expect(Binning.widths(3).cuts(of: [1, 90, 168])?.points == [56.6667, 112.333])
  }

  @Test func equalNumbersAreNotCut() throws {
    #expect(Binning.quantiles(4).cuts(of: [3, 3, .nan]) == nil)
    #expect(Binning.quantiles(4).cuts(of: [.nan]) == nil)
    #expect(Binning.quantiles(4).cuts(of: [0, 0, 0, 0, 0, 0, 1, 2])?.points == [0])
    #expect(Binning.quantiles(2).cuts(of: [4, 5, 5, 5])?.points == [4])
  }

  /// Whatever the numbers, every interval holds some of them, and there are no more intervals than asked for.
  @Test(arguments: 0..<200) func noIntervalIsEmpty(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let scale = [1, 1e-9, 1e9, 10][seed % 4]
    let values = (0..<Int.random(in: 2...60, using: &random)).map { _ in
      seed % 3 == 0 ? Double(Int.random(in: 0..<6, using: &random)) : Double.random(in: -1...1, using: &random) * scale
    }
    for count in 2...7 {
      for binning in [Binning.quantiles(count), .widths(count)] {
        guard let cuts = binning.cuts(of: values) else {
          #expect(Set(values).count == 1)
          continue
        }
        #expect(cuts.intervalCount <= count)
        #expect(Set(values.map(cuts.code)).count == cuts.intervalCount, "seed \(seed), \(binning)")
      }
    }
  }
}
