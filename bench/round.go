package main

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
)

// samples has one sample for each round, by workload and by position in subjects.
type samples map[string][][]sample

// measure runs rounds of the workloads on one driver.
func measure(b base, workloads []workload, rounds int) (taken samples, err error) {
	clients := make([]*client, len(subjects))
	for i, s := range subjects {
		c, err := newClient(b, s)
		if err != nil {
			return nil, err
		}
		defer func() { err = errors.Join(err, c.close()) }()
		clients[i] = c
	}
	if err := round(clients, workloads, make(samples)); err != nil { // the first round fills caches
		return nil, err
	}
	taken = make(samples)
	for range rounds {
		if err := round(clients, workloads, taken); err != nil {
			return nil, err
		}
	}
	return taken, nil
}

// round runs each workload once with each client, in random order.
func round(clients []*client, workloads []workload, taken samples) error {
	for _, w := range workloads {
		if taken[w.name] == nil {
			taken[w.name] = make([][]sample, len(clients))
		}
		runtime.GC()
		for _, i := range rand.Perm(len(clients)) {
			s, err := w.measure(clients[i])
			if err != nil {
				return fmt.Errorf("%s of %s: %w", w.name, clients[i].subject.name, err)
			}
			taken[w.name][i] = append(taken[w.name][i], s)
		}
	}
	return nil
}
