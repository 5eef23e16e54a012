package dev.parallax.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class BodyRoomsTest {

    private final BodyRooms rooms = new BodyRooms();

    @Test
    void theSmallestThatIsLargeEnoughIsTakenElseTheLargest() {
        byte[] small = new byte[10];
        byte[] middle = new byte[20];
        byte[] large = new byte[30];
        rooms.giveBack(middle);
        rooms.giveBack(large);
        rooms.giveBack(small);
        assertSame(middle, rooms.take(11));
        assertSame(large, rooms.take(31));
        assertSame(small, rooms.take(1));
        assertEquals(0, rooms.take(5).length);
    }

    @Test
    void anArrayIsTakenOnce() {
        byte[] room = new byte[10];
        rooms.giveBack(room);
        assertSame(room, rooms.take(10));
        assertNotSame(room, rooms.take(10));
    }

    @Test
    void thoseOfLongRecordingsAreNotKept() {
        rooms.giveBack(new byte[1 << 20]);
        assertEquals(0, rooms.take(1).length);
    }
}
