package main

import (
	"testing"

	"guildhall/handlers"
	"guildhall/models/clubtest/natsbox"
)

// The doctor looks for the bus, where there is to be one.
func TestTheDoctorLooksForTheBus(t *testing.T) {
	if found := bus(&handlers.Config{}); len(found) != 0 {
		t.Errorf("without a bus: %+v", found)
	}
	box := natsbox.Open(t)
	conf := handlers.Config{Bus: handlers.Secret(box.URL)}
	if found := bus(&conf); len(found) != 1 || found[0].Value == "" || found[0].Wrong != "" {
		t.Errorf("it answers, and %+v", found)
	}
	box.Stop()
	if found := bus(&conf); len(found) != 1 || found[0].Wrong == "" {
		t.Errorf("it does not answer, and %+v", found)
	}
}
